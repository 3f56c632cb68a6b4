import CorosHistory
import CorosKernel
import CorosLanguage
import CorosServer
import CorosTestSupport

@testable import CorosMonitor

/// An app with a machine, its monitor, and those who attach to it, all in one thread.
final class MonitorStage {
  let folder: TemporaryFolder
  let machine = TimeMachine { Scheduler() }
  let monitor: Monitor
  private var requests = 0

  init(
    replaying: Monitor.Replaying = .allowed,
    commands: [MonitorCommand] = [],
    environment: [String: String] = [:]
  ) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    monitor = try Monitor(machine, "lab", replaying, commands) {
      environment[$0] ?? ($0 == "XDG_RUNTIME_DIR" ? folder.path : nil)
    }
  }

  /// Adds a task that counts its steps for ever.
  func spawnCounter(_ name: String = "counter") throws {
    try machine.act("spawn") { scheduler in
      _ = try scheduler.createTask(name) { os in
        while true { try await os.yield() }
      }
    }
  }

  /// Somebody who has connected, and has been greeted.
  func visitor(_ wish: Greeting.Wish = .watch, pid: Int = 7) throws -> LineConnection {
    let connection = try LineConnection(to: monitor.socket ?? "")
    connection.send(Greeting(wish: wish, wantsEvents: false, pid: pid).frame)
    monitor.service()
    _ = connection.receive()
    return connection
  }

  /// Sends a line, as text.
  func send(_ line: String, by visitor: LineConnection) {
    requests += 1
    visitor.send(["id": .int(requests), "line": .string(line), "as": "text", "width": 80])
  }

  /// Sends a line, lets the monitor answer, and returns the text of the answer.
  func ask(_ line: String, _ visitor: LineConnection) -> String {
    send(line, by: visitor)
    monitor.service()
    return heard(visitor)
  }

  /// All texts that have come.
  func heard(_ visitor: LineConnection) -> String {
    var text = ""
    for case .frame(let frame) in visitor.receive() {
      for key in ["text", "errors", "note"] {
        if case .string(let part)? = frame[key] { text += part }
      }
    }
    return text
  }
}
