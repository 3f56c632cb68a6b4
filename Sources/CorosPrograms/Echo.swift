import CorosIO
package import CorosKernel

extension Program {
  /// A server with a task for each client.
  package static var echo: Program {
    Program(
      "echo",
      "echoes what clients send, with a task for each of them",
      parameters: [.listening],
      lesson: """
        The task that takes connections makes a task for each and gives it the connection. A task that waits for its client \
        holds up nobody else; one whose client breaks off fails alone, and its connection is closed with it.
        """
    ) { arguments throws(ProgramArgumentError) in
      let address = try arguments.address(0)
      return .body { os in
        try await os.serve(address) { os, connection in try await os.echo(connection) }
      }
    }
  }
}
