// An echo server and a web server in Go, on one processor. server echo|http PORT
package main

import (
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
)

func main() {
	runtime.GOMAXPROCS(1)
	kind, address := os.Args[1], "127.0.0.1:"+os.Args[2]
	if kind == "http" {
		page := []byte("hello\n")
		http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { w.Write(page) })
		panic(http.ListenAndServe(address, nil))
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		panic(err)
	}
	for {
		guest, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		go func() {
			defer guest.Close()
			buffer := make([]byte, 4096)
			for {
				count, err := guest.Read(buffer)
				if err == io.EOF || err != nil {
					return
				}
				if _, err := guest.Write(buffer[:count]); err != nil {
					return
				}
			}
		}()
	}
}
