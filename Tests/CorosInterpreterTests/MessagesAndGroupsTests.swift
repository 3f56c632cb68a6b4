import CorosKernel
import CorosSync
import CorosTestSupport
import Testing

@testable import CorosInterpreter
@testable import CorosLanguage

@Suite(.timeLimit(.minutes(15))) struct MessagesAndGroupsTests {
  private func run(_ definitions: String, spawning names: String...) throws -> TypedRun {
    let run = try TypedRun(definitions)
    for name in names { try run.spawn(name) }
    for _ in 0..<10_000 {
      if case .stalled = run.scheduler.step() { break }
      #expect(run.scheduler.brokenInvariants() == [])
    }
    return run
  }

  /// The line at which a definition is refused, and why.
  private func refusal(_ text: String) -> String? {
    do throws(ProgramError) {
      _ = try TypedRun(text)
      return nil
    } catch {
      return error.message
    }
  }

  // MARK: Messages

  @Test func `a number is told and heard`() throws {
    let run = try run(
      """
      shared sum = 0
      program adder { repeat 3 { var x; hear x; sum += x } }
      program teller(to) { tell to 1; tell to 2; tell to (0 - 3) + 10 }
      program main { var a = spawn adder; spawn teller(a) }
      """,
      spawning: "main"
    )
    #expect(run.values["sum"] == "10")
    #expect(run.scheduler.liveTaskCount == 0)
  }

  @Test func `one can listen to one task alone`() throws {
    let run = try run(
      """
      shared order = 0
      program listener {
        var x
        sleep 20
        hear x from 3; order = order * 10 + x
        hear x; order = order * 10 + x
        hear x; order = order * 10 + x
      }
      program one { tell 1 1; sleep 3; tell 1 4 }
      program two { sleep 8; tell 1 2 }
      """,
      spawning: "listener",
      "one",
      "two"
    )
    #expect(run.values["order"] == "214")
  }

  @Test func `who listens in vain can give up, and who tells nobody learns it`() throws {
    let run = try run(
      """
      shared heard = true, told = true
      program p { var x; var ok = hear x within 5; heard = ok; var there = tell 77 1; told = there }
      """,
      spawning: "p"
    )
    #expect(run.values == ["heard": "false", "told": "false"])
  }

  @Test func `what the operator sends is heard as a number`() throws {
    let run = try TypedRun("shared n = 0", "program p { var x; hear x; n = x }")
    try run.spawn("p")
    run.scheduler.step()
    try run.scheduler.perform(SendMessage("no number", to: 1))
    try run.scheduler.perform(SendMessage("42", to: 1))
    #expect(run.scheduler.runEventLoop() == .allFinished)
    #expect(run.values["n"] == "42")
  }

  // MARK: Groups

  @Test func `a group ends when its tasks have ended`() throws {
    let run = try run(
      """
      shared n = 0, seen = 0
      program bump(k) { sleep k; atomic { n += 1 } }
      program main { group { spawn bump(3); spawn bump(9) }; seen = n }
      """,
      spawning: "main"
    )
    #expect(run.values == ["n": "2", "seen": "2"])
    #expect(run.scheduler.objects.filter { $0.kind == "group" }.isEmpty)
  }

  @Test func `a task that fails takes its group along`() throws {
    let run = try run(
      """
      shared n = 0
      program slow { sleep 1000; n = 1 }
      program bad { sleep 3; assert 1 == 2 }
      program main { group { spawn slow; spawn bad; sleep 1000 }; n = 2 }
      """,
      spawning: "main"
    )
    #expect(run.values["n"] == "0")
    #expect(run.scheduler.now < 40)
    #expect(run.endings.count == 3)
    #expect(run.endings.last?.hasPrefix("1: failed: line 4: task 3: failed") == true)
    #expect(run.endings.contains { $0.hasPrefix("2: cancelled: task 3 of the group failed") })
  }

  @Test func `a task that is cancelled cancels its group, and waits for it`() throws {
    let run = try TypedRun(
      """
      shared n = 0
      program child { shield { sleep 30; n += 1 }; sleep 1; n += 10 }
      program main { group { spawn child; sleep 1000 }; n += 100 }
      """
    )
    try run.spawn("main")
    run.scheduler.run(ticks: 10)
    try run.scheduler.perform(CancelTask(1, because: "enough"))
    #expect(run.scheduler.runEventLoop() == .allFinished)
    #expect(run.values["n"] == "1")
    #expect(run.endings == ["2: cancelled by task 1: enough", "1: cancelled: enough"])
  }

  @Test func `a task that is killed takes its group along`() throws {
    let run = try TypedRun(
      """
      shared n = 0
      program child { sleep 100; n = 1 }
      program main { group { spawn child; spawn child } }
      """
    )
    try run.spawn("main")
    run.scheduler.run(ticks: 10)
    try run.scheduler.perform(KillTask(1))
    #expect(run.scheduler.liveTaskCount == 0)
  }

  @Test func `servants go when the work is done`() throws {
    let run = try run(
      """
      shared served = 0
      program server { loop { var x; hear x; served += x } }
      program client(s) { tell s 5 }
      program main { group { var s = spawn server as servant; spawn client(s); spawn client(s) } }
      """,
      spawning: "main"
    )
    #expect(run.scheduler.liveTaskCount == 0)
    #expect(run.endings.last == "1: exited 0")
    #expect(run.endings.contains { $0.hasSuffix("nobody is left to serve") && $0.hasPrefix("2:") })
  }

  @Test func `a time limit ends a group inside it`() throws {
    let run = try run(
      """
      shared n = 0
      program slow { sleep 1000; n = 1 }
      program main { within 9 { group { spawn slow } } else { n = 5 } }
      """,
      spawning: "main"
    )
    #expect(run.values["n"] == "5")
    #expect(run.scheduler.now < 40)
  }

  @Test(arguments: [
    "sleep 3; var x = 0; assert x == 1", "sleep 3; assert n == 1", "sleep 3; unlock m",
    "group { spawn child; sleep 3; n = 1 / (n - n) }",
  ])
  func `a task that fails in a group cancels its children, and waits for them`(
    _ body: String
  ) throws {
    let run = try run(
      """
      shared n = 0, cleaned = 0
      mutex m
      program child { within 90 { sleep 100 } else { n = 7 } }
      program slow { shield { sleep 20 }; cleaned += 1 }
      program main { group { spawn child; spawn slow; \(body) } }
      """,
      spawning: "main"
    )
    #expect(run.scheduler.liveTaskCount == 0)
    #expect(run.endings.last?.hasPrefix("1: failed: line 5: ") == true)
    // None is killed: what is shielded comes to its end, and is waited for.
    #expect(!run.endings.contains { $0.contains("killed") })
    let cancelled = run.endings.count { $0.contains("cancelled by task 1: line 5: ") }
    #expect(cancelled == (body.contains("group") ? 2 : 1))
    #expect(run.endings.contains { $0 == "3: exited 0" })
    #expect(run.values == ["n": "0", "cleaned": "1"])
  }

  @Test func `a task that is killed in a group has its children killed`() throws {
    let run = try TypedRun(
      "program child { sleep 100 }",
      "program main { group { spawn child; sleep 50 } }"
    )
    try run.spawn("main")
    _ = run.scheduler.run(ticks: 5)
    _ = try run.scheduler.perform(KillTask(1))
    #expect(run.endings == ["1: killed", "2: killed"])
  }

  @Test func `what makes no sense is refused`() {
    #expect(
      refusal("program p { }; program q { spawn p as servant }")
        == "a servant needs a group that it serves"
    )
    #expect(
      refusal("program q { loop { group { break } } }") == "this `break` would leave a group"
    )
    #expect(refusal("program q { loop { group { loop { yield; break } }; break } }") == nil)
    #expect(refusal("program q { atomic { group { } } }") != nil)
    #expect(refusal("shared n; program q { hear n }") != nil)
    #expect(refusal("program p { }; program q { spawn p as master }") != nil)
  }
}
