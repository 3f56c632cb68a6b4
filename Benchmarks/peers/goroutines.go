// Goroutines on one processor, which yield with Gosched, pass a mutex on, and send by channels.
//
// Arguments: yield|spawn|lock|meet|buffer LABEL TASKS OPERATIONS. Prints NAME TASKS NS BYTES.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

func residentBytes() float64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, _ := strconv.ParseFloat(strings.Fields(string(text))[1], 64)
	return pages * float64(os.Getpagesize())
}

// The nanoseconds of CPU that the process has used, its collector of garbage included.
func cpuTime() int64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return usage.Utime.Nano() + usage.Stime.Nano()
}

// The tasks wait until all are there, yield for a while unwatched, and then for as long as is timed. Who
// passes a line last starts the watch, or stops it.
func yield(label string, tasks, operations int) {
	rounds := max(3, operations/tasks)
	warmUp := rounds/10 + 1
	var start, end int64
	var done sync.WaitGroup
	begin := make(chan struct{})
	arrived, warm, finished := 0, 0, 0
	before := residentBytes()
	done.Add(tasks)
	for i := 0; i < tasks; i++ {
		go func() {
			arrived++
			<-begin
			for i := 0; i < warmUp; i++ {
				runtime.Gosched()
			}
			warm++
			if warm == tasks {
				start = cpuTime()
			}
			for i := 0; i < rounds; i++ {
				runtime.Gosched()
			}
			finished++
			if finished == tasks {
				end = cpuTime()
			}
			done.Done()
		}()
	}
	for arrived < tasks {
		runtime.Gosched()
	}
	bytes := (residentBytes() - before) / float64(tasks)
	close(begin)
	done.Wait()
	ns := float64(end-start) / float64(rounds*tasks)
	fmt.Printf("yield/%s %d %f %f\n", label, tasks, ns, bytes)
}

func spawn(label string, tasks, operations int) {
	var done sync.WaitGroup
	live := func(count int) {
		done.Add(count)
		for i := 0; i < count; i++ {
			go done.Done()
		}
		done.Wait()
	}
	live(min(tasks, 1000))
	batches := max(1, operations/tasks)
	start := cpuTime()
	for i := 0; i < batches; i++ {
		live(tasks)
	}
	ns := float64(cpuTime()-start) / float64(batches*tasks)
	fmt.Printf("spawn/%s %d %f -\n", label, tasks, ns)
}

// A mutex that all want; who gives it back yields, so that it passes to another.
func lock(label string, tasks, operations int) {
	rounds := max(3, operations/tasks)
	var mutex sync.Mutex
	var done sync.WaitGroup
	done.Add(tasks)
	mutex.Lock()
	for i := 0; i < tasks; i++ {
		go func() {
			for i := 0; i < rounds; i++ {
				mutex.Lock()
				runtime.Gosched()
				mutex.Unlock()
			}
			done.Done()
		}()
	}
	start := cpuTime()
	mutex.Unlock()
	done.Wait()
	ns := float64(cpuTime()-start) / float64(rounds*tasks)
	fmt.Printf("lock/%s %d %f -\n", label, tasks, ns)
}

// Half of the tasks send, half receive, every two by a channel of their own. An operation is one
// value, sent and received.
func channels(kind, label string, capacity, tasks, operations int) {
	values := 2 * max(3, operations/tasks)
	var done sync.WaitGroup
	done.Add(tasks / 2 * 2)
	begin := make(chan struct{})
	for i := 0; i < tasks/2; i++ {
		line := make(chan int, capacity)
		go func() {
			<-begin
			for i := 0; i < values; i++ {
				line <- i
			}
			done.Done()
		}()
		go func() {
			<-begin
			for i := 0; i < values; i++ {
				<-line
			}
			done.Done()
		}()
	}
	start := cpuTime()
	close(begin)
	done.Wait()
	ns := float64(cpuTime()-start) / float64(values*(tasks/2))
	fmt.Printf("%s/%s %d %f -\n", kind, label, tasks, ns)
}

// Spelled out, for Go before 1.21 does not have them.
func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

func min(a, b int) int {
	return -max(-a, -b)
}

func main() {
	runtime.GOMAXPROCS(1)
	tasks, _ := strconv.Atoi(os.Args[3])
	operations, _ := strconv.Atoi(os.Args[4])
	kind, label := os.Args[1], os.Args[2]
	switch kind {
	case "yield":
		yield(label, tasks, operations)
	case "spawn":
		spawn(label, tasks, operations)
	case "lock":
		lock(label, tasks, operations)
	case "meet":
		channels(kind, label, 0, tasks, operations)
	case "buffer":
		channels(kind, label, 16, tasks, operations)
	}
}
