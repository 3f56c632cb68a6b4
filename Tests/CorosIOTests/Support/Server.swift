import CorosIO
import CorosKernel

/// A machine with a world, and what its tasks have said.
final class Server {
  let world: World
  let scheduler = Scheduler()
  /// What tasks noted, in order.
  var notes: [String] = []
  /// Where the machine listens.
  var port = 0

  init(_ world: World = World()) {
    self.world = world
    scheduler.wakeSource = world
  }

  /// Creates a task that takes connections, and has a body serve each of them in a task of its own.
  func listen(_ body: @escaping (SystemInterface, Handle) async throws -> Void) throws {
    try scheduler.createTask("server") { os in
      let listener = try await os.listen("127.0.0.1:0")
      self.port = self.ports.last ?? 0
      while true {
        let connection = try await os.accept(listener)
        _ = try await os.newTask("connection", giving: [connection]) { os in
          do { try await body(os, connection) } catch let error as IOFailure {
            self.notes.append("\(error)")
          }
        }
      }
    }
    settle()
  }

  /// The ports at which something listens.
  var ports: [Int] { listeningPorts(scheduler) }

  /// How many handles are open.
  var handles: [String] { scheduler.handles.map { "\($0.handle)" } }

  /// Runs until nothing comes any more, after a short wait.
  func settle() { run(untilQuietFor: 2) }

  /// Runs as long as there is something to do, and does not wait: what is sent on this machine has come already.
  func pump() { run(untilQuietFor: 1) }

  private func run(untilQuietFor rounds: Int) {
    var quiet = 0
    var before = scheduler.now
    scheduler.serve { scheduler in
      quiet = scheduler.now == before ? quiet + 1 : 0
      before = scheduler.now
      return quiet >= rounds
    }
  }
}

/// Echoes what comes, to its end.
func echo(_ os: SystemInterface, _ connection: Handle) async throws {
  while case let bytes = try await os.receive(connection), !bytes.isEmpty {
    try await os.sendAll(bytes, to: connection)
  }
}

/// The ports at which a machine listens.
func listeningPorts(_ scheduler: Scheduler) -> [Int] {
  scheduler.handles.filter { $0.kind == .listener }
    .compactMap { $0.address.split(separator: ":").last.flatMap { Int($0) } }
}
