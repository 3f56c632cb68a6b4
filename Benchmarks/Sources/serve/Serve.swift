import CorosHistory
import CorosIO
import CorosKernel

/// A server to be measured from outside: `serve echo|http|first PORT plain|machine|observed|recorded|travelling`.
///
/// `first` answers each message with the time at which its task went on.
///
/// `plain` keeps no recording, `machine` does the same by state machines, and with `observed` an observer is told of all
/// events besides. `recorded` keeps a recording, and `travelling` has a time machine record every step, too. It ends when
/// it is killed.
@main
enum Serve {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    guard words.count == 3, let kind = words.first, let mode = words.last else {
      fatalError("usage: serve echo|http|first PORT plain|machine|observed|recorded|travelling")
    }
    let port = words[words.startIndex + 1]
    let world = World(isRecorded: mode == "recorded" || mode == "travelling")
    world.recordingLimit = .max
    DescriptorLimit.raise()
    func start(_ scheduler: Scheduler) throws {
      if mode == "machine" {
        let reception = Reception(port: port, isWeb: kind == "http")
        _ = try scheduler.createTask("server", machine: reception)
      } else {
        // A closure of a `@main` type is the main actor's, unless it says that it is not.
        _ = try scheduler.createTask("server") { @Sendable os in try await serve(kind, port, os) }
      }
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
      if mode == "observed" { scheduler.add(Counter()) }
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
      case "first":
        _ = try await os.newTask("watch", giving: [connection]) { os in
          while case let bytes = try await os.receive(connection), !bytes.isEmpty {
            try await os.sendAll(Moment.now(filling: bytes.count), to: connection)
          }
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

  private nonisolated(nonsending) static func answer(
    _ connection: Handle,
    _ os: SystemInterface
  ) async throws {
    var unread: [UInt8] = []
    while case let bytes = try await os.receive(connection), !bytes.isEmpty {
      unread += bytes
      while let end = Request.end(in: unread) {
        unread.removeFirst(end)
        try await os.sendAll(Request.answer, to: connection)
      }
    }
  }
}

/// Is told of all events, and only counts them: what is measured is how they are delivered.
private final class Counter: Observer {
  let interests = Event.Kinds.all
  private var count = 0

  func observe(_ event: Event) { count += 1 }
}
