import CorosIO
package import CorosKernel

extension Program {
  /// A server that is busy with its first client until that one leaves.
  package static var echobad: Program {
    Program(
      "echobad",
      "echoes what clients send, one client after the other",
      parameters: [.listening],
      lesson: """
        One task takes a connection, serves it to its end, and takes the next. Connect twice, as with 'nc localhost 8080': \
        the second client gets no answer until the first has left. 'why' says for whom the server waits.
        """
    ) { arguments throws(ProgramArgumentError) in
      let address = try arguments.address(0)
      return .body { os in
        let listener = try await os.listen(address)
        while true {
          let connection = try await os.accept(listener)
          try await os.echo(connection)
          try await os.close(connection)
        }
      }
    }
  }

  /// A server that asks its clients in turn.
  package static var echobad2: Program {
    Program(
      "echobad2",
      "echoes what clients send, asking them in turn",
      parameters: [.listening],
      lesson: """
        One task takes a connection, then waits for a message from each client in turn, and begins anew. A client that says \
        nothing freezes all others, and nobody new comes in. What waits must not be the one task that serves them all: see \
        'echo'.
        """
    ) { arguments throws(ProgramArgumentError) in
      let address = try arguments.address(0)
      return .body { os in
        let listener = try await os.listen(address)
        var connections: [Handle] = []
        while true {
          connections.append(try await os.accept(listener))
          for connection in connections {
            let bytes = try await os.receive(connection)
            if bytes.isEmpty {
              connections.removeAll { $0 == connection }
              try await os.close(connection)
            } else {
              try await os.sendAll(bytes, to: connection)
            }
          }
        }
      }
    }
  }
}

extension SystemInterface {
  /// Sends back what comes, to its end.
  nonisolated(nonsending) func echo(_ connection: Handle) async throws {
    while case let bytes = try await receive(connection), !bytes.isEmpty {
      try await sendAll(bytes, to: connection)
    }
  }
}
