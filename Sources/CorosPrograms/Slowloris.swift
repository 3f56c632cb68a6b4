import CorosIO
package import CorosKernel

extension Program {
  /// A client that never finishes its requests.
  package static var slowloris: Program {
    Program(
      "slowloris",
      "opens N connections, and sends a request so slowly that it never ends",
      parameters: [
        .connecting,
        Parameter("N", "how many connections", standard: "10"),
        Parameter("PAUSE", "the ticks between two bytes", standard: "1000"),
      ],
      lesson: """
        Each connection costs the server a task and a handle, and the client nearly nothing. A server that waits for ever \
        is full at its limit of handles: 'limit handles' sets one. Against 'http' with PATIENCE it ends.
        """
    ) { arguments throws(ProgramArgumentError) in
      let address = try arguments.address(0)
      let count = try arguments.integer(1, in: 1...10_000)
      let pause = try arguments.integer(2, in: 1...1_000_000_000)
      return .body { os in
        for _ in 1...count {
          _ = try await os.newTask("slow") { os in
            let connection = try await os.connect(address)
            try await os.sendAll("GET / HTTP/1.1\r\nX-Slow: ", to: connection)
            while true {
              try await os.sleep(pause)
              try await os.sendAll("a", to: connection)
            }
          }
        }
      }
    }
  }
}
