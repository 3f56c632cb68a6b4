import CorosIO
import CorosKernel

extension ProgramArguments {
  /// An argument that must be an address.
  func address(_ index: Int) throws(ProgramArgumentError) -> String {
    do throws(IOFailure) {
      _ = try Address(self[index])
    } catch {
      throw ProgramArgumentError(
        argument: index,
        error.description,
        hint: "for example 8080 or 127.0.0.1:8080"
      )
    }
    return self[index]
  }
}

extension Program.Parameter {
  /// Where a server listens.
  static var listening: Program.Parameter {
    Program.Parameter(
      "ADDRESS",
      "where to listen: PORT, HOST:PORT or a path with a slash",
      standard: "8080"
    )
  }

  /// Where a client connects.
  static var connecting: Program.Parameter {
    Program.Parameter(
      "ADDRESS",
      "where to connect: PORT, HOST:PORT or a path with a slash",
      standard: "8080"
    )
  }
}

extension SystemInterface {
  /// Listens at an address and takes connections for ever, each served by a task of its own.
  nonisolated(nonsending) func serve(
    _ address: String,
    naming name: String = "connection",
    _ body: @escaping (SystemInterface, Handle) async throws -> Void
  ) async throws {
    let listener = try await listen(address)
    while true {
      let connection = try await accept(listener)
      _ = try await newTask(name, giving: [connection]) { os in try await body(os, connection) }
    }
  }
}
