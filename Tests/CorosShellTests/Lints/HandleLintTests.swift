import CorosKernel
import Testing

@testable import CorosInsight
@testable import CorosSession
@testable import CorosShell

/// Machines that run out of handles are told of, each time once.
@Suite struct HandleLintTests {
  private let session = TestShell()

  private var found: [LintFinding] {
    session.shell.session.recorders.lints.findings.filter { $0.lint == .handles }
  }

  /// Tasks that open a file each, in turn, and close it.
  private func cats(_ count: Int) { session.type("repeat \(count) { spawn cat /dev/null }; run") }

  @Test func `who waits for a handle is told of, once for a limit`() {
    session.type("limit handles 1")
    cats(3)
    #expect(found.map(\.task) == [2])
    let sentence = "task 2 (cat) waits until a handle is closed: as many are open as may be, 1;"
    #expect(session.host.errors.contains(sentence))
    cats(3)
    #expect(found.count == 1)
    session.type("limit handles 2")
    cats(4)
    #expect(found.map(\.limit) == [1, 2])
    let lints = session.type("lints")
    #expect(lints.contains("allow more by `limit handles N`"))
  }

  @Test func `who takes nine of ten is told of, once for a limit`() {
    session.type("limit handles 10")
    cats(8)
    #expect(found.isEmpty)
    cats(9)
    #expect(found.map(\.task) == [17])
    let sentence = "task 17 (cat) has opened one of the last handles: 9 of 10 are open;"
    #expect(session.host.errors.contains(sentence))
    cats(9)
    #expect(found.count == 1)
    cats(12)
    #expect(found.map(\.isAtLimit) == [false, true])
  }

  @Test func `what was said goes back in time, and is not said again`() {
    session.type("limit handles 1")
    cats(2)
    let all = found
    _ = session.host.takeErrors()
    session.type("goto 0")
    #expect(found.isEmpty)
    session.type("forward 100")
    #expect(found == all && !all.isEmpty)
    #expect(!session.host.errors.contains("note"))
  }

  @Test func `a machine stops where it runs out of handles`() {
    session.type("limit handles 1; break handles")
    cats(2)
    #expect(session.shell.scheduler.now < 3)
    #expect(session.host.errors.contains("as many are open as may be"))
    session.type("reset; lints off handles")
    session.type("limit handles 1")
    _ = session.host.takeErrors()
    cats(2)
    #expect(!session.host.errors.contains("note"))
  }
}
