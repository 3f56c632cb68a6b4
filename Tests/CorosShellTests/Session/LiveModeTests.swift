import CorosKernel
import Testing

@testable import CorosCommands
@testable import CorosLanguage
@testable import CorosSession
@testable import CorosShell

/// The machine in live mode, by a clock that the test moves.
@Suite struct LiveModeTests {
  private let second: UInt64 = 1_000_000_000

  private func session(isJSON: Bool = false) -> TestShell {
    var settings = Settings()
    settings.isInteractive = true
    settings.isJSON = isJSON
    return TestShell(settings)
  }

  @Test func `nothing happens until it is on`() {
    let session = session()
    session.type("spawn count")
    #expect(session.shell.liveSlice(nanoseconds: second) == .never)
    #expect(session.shell.scheduler.now == 0)
  }

  @Test(arguments: [1, 5, 20, 1_000])
  func `the number of ticks follows the time that passes`(_ rate: Int) {
    let session = session()
    session.type("spawn spin", "live on \(rate)")
    #expect(
      session.shell.liveSlice(nanoseconds: second) == .after(milliseconds: 1_000 / rate)
    )
    #expect(session.shell.scheduler.now == 0)
    _ = session.shell.liveSlice(nanoseconds: 2 * second)
    #expect(session.shell.scheduler.now == rate)
    // In many small slices as in one large one.
    for part in 1...100 {
      _ = session.shell.liveSlice(nanoseconds: 2 * second + UInt64(part) * second / 100)
    }
    #expect(session.shell.scheduler.now == 2 * rate)
  }

  @Test func `ticks beyond the size of a slice are skipped`() {
    let session = session()
    session.type("spawn spin", "live on 1000000")
    _ = session.shell.liveSlice(nanoseconds: second)
    _ = session.shell.liveSlice(nanoseconds: 61 * second)
    #expect(session.shell.scheduler.now == 2_000)
    // The next slice does not catch up on them.
    _ = session.shell.liveSlice(nanoseconds: 61 * second + 1_000_000)
    #expect(session.shell.scheduler.now == 3_000)
  }

  @Test func `a time in which the process was stopped is not made up for`() {
    let session = session()
    session.type("spawn spin", "live on 20")
    _ = session.shell.liveSlice(nanoseconds: second)
    _ = session.shell.liveSlice(nanoseconds: 2 * second)
    #expect(session.shell.scheduler.now == 20)
    session.shell.continueAfterStop()
    _ = session.shell.liveSlice(nanoseconds: 61 * second)
    #expect(session.shell.scheduler.now == 20)
    _ = session.shell.liveSlice(nanoseconds: 62 * second)
    #expect(session.shell.scheduler.now == 40)
  }

  @Test func `output of tasks is shown at once`() {
    let session = session()
    session.type("spawn count 2", "live on 1")
    _ = session.shell.liveSlice(nanoseconds: second)
    _ = session.shell.liveSlice(nanoseconds: 2 * second)
    #expect(session.host.takeSeen() == "[1] 1\n")
  }

  @Test func `a standstill is reported once, and a command wakes the machine`() {
    let session = session()
    session.type("live on 10", "spawn hello")
    var time = second
    func pass() -> LiveNext {
      time += second
      return session.shell.liveSlice(nanoseconds: time)
    }
    _ = pass()
    #expect(pass() == .never)
    #expect(session.host.takeSeen() == "[1] Hello, world!\nall finished at tick 2\n")
    #expect(pass() == .never)
    #expect(session.host.takeSeen().isEmpty)
    // A command that changes nothing does not start it again.
    session.type("ps")
    #expect(pass() == .never)
    session.type("spawn hello")
    #expect(pass() == .after(milliseconds: 100))
    #expect(pass() == .never)
    #expect(session.host.takeSeen() == "[2] Hello, world!\nall finished at tick 4\n")
  }

  @Test func `a resumed task wakes the machine`() {
    let session = session()
    session.type("live on 10", "spawn spin", "stop 1")
    _ = session.shell.liveSlice(nanoseconds: second)
    #expect(session.shell.liveSlice(nanoseconds: 2 * second) == .never)
    #expect(session.host.takeSeen().hasPrefix("nothing can run at tick 0: task 1 is stopped"))
    session.type("resume 1")
    #expect(session.shell.liveSlice(nanoseconds: 3 * second) == .after(milliseconds: 100))
  }

  @Test func `a deadlock is reported with the waiting tasks and a hint`() {
    let session = session()
    session.type("live on 10", "spawn circle 2")
    _ = session.shell.liveSlice(nanoseconds: second)
    #expect(session.shell.liveSlice(nanoseconds: 2 * second) == .never)
    let seen = session.host.takeSeen()
    #expect(seen.hasPrefix("deadlock: no task can ever run again\n  task 1 (circle) waits"))
    #expect(seen.hasSuffix("  hint: `kill 1` releases its waiters\n"))
  }

  @Test func `a machine without tasks says so`() {
    let session = session()
    session.type("live on 10")
    _ = session.shell.liveSlice(nanoseconds: second)
    #expect(session.shell.liveSlice(nanoseconds: 2 * second) == .never)
    #expect(session.host.takeSeen() == "no tasks; `spawn PROGRAM` makes one\n")
  }

  @Test func `a standstill is JSON in JSON mode`() throws {
    let session = session(isJSON: true)
    session.type("live on 10", "spawn hello")
    _ = session.shell.liveSlice(nanoseconds: second)
    _ = session.shell.liveSlice(nanoseconds: 2 * second)
    let last = try #require(try parsedLines(session.host.takeSeen()).last)
    #expect(last.keys == ["command", "stopped", "tick"])
    #expect(last["stopped"] as? String == "all finished")
  }

  @Test func `off is off`() {
    let session = session()
    session.type("spawn spin", "live on 10")
    _ = session.shell.liveSlice(nanoseconds: second)
    _ = session.shell.liveSlice(nanoseconds: 2 * second)
    session.type("live off")
    #expect(session.shell.liveSlice(nanoseconds: 9 * second) == .never)
    #expect(session.shell.scheduler.now == 10)
    // The time while it was off is not made up for.
    session.type("live on 10")
    _ = session.shell.liveSlice(nanoseconds: 50 * second)
    #expect(session.shell.scheduler.now == 10)
  }

  @Test func `reset and run in between do no harm`() {
    let session = session()
    session.type("live on 10", "spawn count 3")
    _ = session.shell.liveSlice(nanoseconds: second)
    session.type("run", "reset", "spawn spin")
    _ = session.shell.liveSlice(nanoseconds: 2 * second)
    _ = session.shell.liveSlice(nanoseconds: 3 * second)
    #expect(session.shell.scheduler.now == 10)
    #expect(session.shell.scheduler.brokenInvariants().isEmpty)
  }
}
