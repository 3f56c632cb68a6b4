import CorosKernel
import Foundation
import Testing

/// The descriptions of system calls and replies in events.
@Suite struct CallSummaryTests {
  private struct Custom: SystemCall {
    func handle(in kernel: KernelContext) -> Disposition<String?> { .reply(nil) }
  }

  private func actions(_ body: @escaping TaskBody) throws -> [Event.Action] {
    let scheduler = Scheduler()
    let log = EventLog(.calls)
    scheduler.add(log)
    try scheduler.createTask("task", body)
    scheduler.runEventLoop()
    return log.events.map(\.action)
  }

  @Test func `a call is identified by its type`() throws {
    let actions = try actions { os in
      try await os.waitTask(9)
      _ = try await os.call(Custom())
    }
    guard case .trapped(let wait)? = actions.first, case .trapped(let custom) = actions[2] else {
      Issue.record("no calls: \(actions)")
      return
    }
    #expect(wait.type == WaitTask.self && wait.name == "WaitTask" && wait.arguments == "task 9")
    #expect(custom.type == Custom.self && "\(custom)" == "Custom")
    switch custom {
    case WaitTask.self: Issue.record("it is no wait")
    case Custom.self: break
    default: Issue.record("it is not known")
    }
    #expect(custom != wait && wait == WaitTask(9).summary && wait != WaitTask(8).summary)
    #expect(Set([wait, WaitTask(9).summary, custom]).count == 2)
  }

  @Test func `a missing reply differs from an empty one`() throws {
    let actions = try actions { os in
      try await os.waitTask(9)
      _ = try await os.call(Custom())
      try await os.yield()
      _ = try await os.killTask(9)
      _ = try await os.waitTask(try await os.newTask { _ in })
    }
    let replies = actions.compactMap { if case .replied(let reply) = $0 { reply } else { nil } }
    #expect(
      replies == [
        .missing, .missing, .nothing, .value("false"), .value("2"), .value("exited 0"),
      ]
    )
    #expect(replies.map(\.description) == ["none", "none", "", "false", "2", "exited 0"])
  }

  @Test func `the kernel lists all of its calls`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources/CorosKernel/SystemCalls")
    var missing: [String] = []
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let source = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for match in source.matches(of: /public struct (\w+): SystemCall \{/)
      where !KernelCalls.all.contains(where: { $0.name == match.1 }) {
        missing.append(String(match.1))
      }
    }
    #expect(missing == [])
    #expect(KernelCalls.all.map { $0.name } == KernelCalls.all.map { $0.name }.sorted())
  }
}
