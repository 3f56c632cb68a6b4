import CorosHistory
import CorosIO
import CorosKernel

/// A server to be measured from outside: `serve echo|http PORT plain|recorded|travelling`.
///
/// `plain` keeps no recording, `recorded` does, and `travelling` has a time machine record every step besides. It ends
/// when it is killed.
@main
enum Serve {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    guard words.count == 3, let kind = words.first, let mode = words.last else {
      fatalError("usage: serve echo|http PORT plain|recorded|travelling")
    }
    let port = words[words.startIndex + 1]
    let world = World(isRecorded: mode != "plain")
    world.recordingLimit = .max
    func start(_ scheduler: Scheduler) throws {
      // A closure of a `@main` type is the main actor's, unless it says that it is not.
      _ = try scheduler.createTask("server") { @Sendable os in try await serve(kind, port, os) }
    }
    let limits = Limits(tasks: 100_000)
    if mode == "travelling" {
      let machine = TimeMachine {
        let scheduler = Scheduler(limits: limits)
        scheduler.wakeSource = world
        return scheduler
      }
      try machine.act("serve", start)
      machine.run(polling: .every(1_024)) { _ in false }
    } else {
      let scheduler = Scheduler(limits: limits)
      scheduler.wakeSource = world
      try start(scheduler)
      scheduler.serve()
    }
  }

  private nonisolated(nonsending) static func serve(
    _ kind: String,
    _ port: String,
    _ os: SystemInterface
  ) async throws {
    let listener = try await os.listen(port)
    while true {
      let connection = try await os.accept(listener)
      switch kind {
      case "http":
        _ = try await os.newTask("request", giving: [connection]) { os in
          try await answer(connection, os)
        }
      default:
        _ = try await os.newTask("connection", giving: [connection]) { os in
          while case let bytes = try await os.receive(connection), !bytes.isEmpty {
            try await os.sendAll(bytes, to: connection)
          }
        }
      }
    }
  }

  /// Answers each request with the same page; it looks for the end of a request and parses nothing, as the peers do.
  private nonisolated(nonsending) static func answer(
    _ connection: Handle,
    _ os: SystemInterface
  ) async throws {
    let page = Array("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello\n".utf8)
    var unread: [UInt8] = []
    while case let bytes = try await os.receive(connection), !bytes.isEmpty {
      unread += bytes
      while let end = headEnd(of: unread) {
        unread.removeFirst(end)
        try await os.sendAll(page, to: connection)
      }
    }
  }

  /// Where the first request ends; nil when it has not come whole.
  private static func headEnd(of bytes: [UInt8]) -> Int? {
    var end = 4
    while end <= bytes.count {
      if bytes[end - 1] == 10, bytes[end - 2] == 13, bytes[end - 3] == 10, bytes[end - 4] == 13 {
        return end
      }
      end += 1
    }
    return nil
  }
}
