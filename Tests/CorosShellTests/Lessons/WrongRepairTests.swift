import CorosTestSupport
import Testing

@testable import CorosShell

/// Repairs that are half right, as learners really hand them in: none may pass.
@Suite(.timeLimit(.minutes(15))) struct WrongRepairTests {
  /// A repair, and a part of what is said of it.
  struct Wrong: Sendable, CustomTestStringConvertible {
    let task: String
    let repair: String
    let reason: String

    init(_ task: String, _ repair: String, _ reason: String) {
      self.task = task
      self.repair = repair
      self.reason = reason
    }

    var testDescription: String { "\(task): \(repair)" }
  }

  private func expect(_ wrong: Wrong) {
    let test = TestShell()
    test.type("lesson \(wrong.task)")
    let said = test.type(wrong.repair)
    #expect(!said.contains("hint: "), "\(said)")
    let verdict = test.type("check")
    #expect(verdict.hasPrefix("Not yet: "), "\(verdict)")
    #expect(verdict.contains(wrong.reason), "\(verdict)")
  }

  @Test(arguments: [
    Wrong("mutex", "mutex m; program bump { lock m; n = n + 1 }", "(bump) ended while it held m"),
    Wrong(
      "deadlock 2",
      "program ab { lock a; lock b; unlock b }; program ba { lock a; lock b; unlock b }",
      "(ab) ended while it held a"
    ),
    Wrong("deadlock 2", "program ba { lock a; lock b }", "(ba) ended while it held a"),
    Wrong(
      "philosophers 2",
      "program philosopher(i) { if i == 2 { lock fork[0]; lock fork[2] } else { lock fork[i]; lock fork[i + 1] }; yield }",
      "ended while it held fork[0]"
    ),
    Wrong(
      "if-while 2",
      "program consumer { lock m; while items == 0 { wait some }; items -= 1; assert items >= 0 }",
      "(consumer) ended while it held m"
    ),
    Wrong(
      "one-condition 3",
      "program producer { lock m; while full == 1 { wait change }; full = 1; broadcast change }",
      "(producer) ended while it held m"
    ),
    Wrong(
      "two-conditions 2",
      "program producer { lock m; while full == 1 { wait space }; full = 1; signal items }",
      "(producer) ended while it held m"
    ),
    Wrong(
      "readers 2",
      """
      mutex m; program reader {
        lock m; readers += 1; if readers == 1 { down room }; unlock m
        atomic { reading += 1 }
        var before = value
        var later = value
        atomic { reading -= 1 }
        assert before == later
        lock m; readers -= 1; if readers == 0 { up room }
      }
      """,
      "(reader) ended while it held m"
    ),
  ])
  func `a lock that is not given back`(_ wrong: Wrong) { expect(wrong) }

  @Test(arguments: [
    Wrong("when", "program enter { sleep 5 * me; critical { n += 1 } }", "contains `sleep`"),
    Wrong("peterson 2", "program peer(i) { sleep 50 * i; critical { n += 1 } }", "`sleep`"),
    Wrong("mutex", "program bump { sleep 10 * me; n = n + 1 }", "contains `sleep`: time keeps"),
    Wrong(
      "mutex",
      "procedure later(x) { while tick < 9 * me { }; x = x + 1 }; program bump { if false { n = n + 1 }; later(n) }",
      "`later` contains `tick`"
    ),
    Wrong(
      "deadlock 2",
      "program ba { sleep 99; lock b; lock a; unlock a; unlock b }",
      "`ba` contains `sleep`"
    ),
    Wrong(
      "rendezvous 2",
      "program left { here = 1; sleep 9; assert there == 1 }; program right { there = 1; sleep 9; assert here == 1 }",
      "`left` contains `sleep`"
    ),
    Wrong(
      "philosophers 2",
      "program philosopher(i) { sleep 99 * i; lock fork[i]; lock fork[(i + 1) % 3]; yield; unlock fork[(i + 1) % 3]; unlock fork[i] }",
      "`philosopher` contains `sleep`"
    ),
  ])
  func `time instead of a lock`(_ wrong: Wrong) { expect(wrong) }

  @Test(arguments: [
    Wrong("when", "program enter { when not busy { }; critical { n += 1 } }", "is in the critical"),
    Wrong(
      "when",
      "program enter { when not busy { busy = true }; critical { n += 1 } }",
      "waits for busy"
    ),
    Wrong(
      "peterson 2",
      "program peer(i) { wants[i] = true; while wants[1 - i] { }; critical { n += 1 }; wants[i] = false }",
      "go round for ever"
    ),
    // To take turns is right only while both go on.
    Wrong(
      "peterson 2",
      "program peer(i) { while turn != i { }; critical { n += 1 }; turn = 1 - i }",
      "with `spawn peer 1`, task 1 goes round for ever, and never on: 1 step leads back"
    ),
    Wrong(
      "peterson 2",
      "program peer(i) { if i == 0 { critical { n += 1 } } }",
      "it can end with n = 1"
    ),
    Wrong("mutex", "semaphore s = 1; program bump { down s; n = n + 1; up s }", "contains `down`"),
    Wrong(
      "if-while 2",
      "program consumer { lock m; if items == 0 { wait some }; items -= 1; unlock m }",
      "`items < 0` must never hold, and does, after the choices "
    ),
    Wrong(
      "if-while 2",
      "program consumer { lock m; assert items >= 0; if items == 0 { wait some }; items -= 1; unlock m }",
      "`items < 0` must never hold"
    ),
  ])
  func `a guard that lets somebody through, or nobody`(_ wrong: Wrong) { expect(wrong) }

  @Test(arguments: [
    Wrong("deadlock 2", "program ab { }; program ba { }", "must still be possible, and is not"),
    Wrong("philosophers 2", "program philosopher(i) { }", "must still be possible, and is not"),
    // Both have two forks, but not those beside their plates.
    Wrong(
      "philosophers 2",
      "program philosopher(i) { lock fork[0]; lock fork[1]; yield; unlock fork[1]; unlock fork[0] }",
      "`holder(fork[1]) == 2 and holder(fork[2]) == 2` must still be possible"
    ),
    Wrong(
      "rendezvous 2",
      "program left { here = 1; if there == 1 { assert there == 1 } }; program right { there = 1; if here == 1 { assert here == 1 } }",
      "`status(1) == 0 and there == 0` must never hold"
    ),
    Wrong(
      "barrier 2",
      "mutex m; program worker { if false { down gate }; lock m; n += 1; arrived += 1; unlock m }",
      "`count(exited) > 0 and arrived < 3` must never hold"
    ),
  ])
  func `a program without its work`(_ wrong: Wrong) { expect(wrong) }

  @Test(arguments: [
    Wrong(
      "semaphores 2",
      "program guest { down seats; up seats; yield; atomic { inside += 1 }; yield; atomic { inside -= 1 } }",
      "`inside > 2` must never hold"
    ),
    Wrong(
      "semaphores 2",
      "program guest { down seats; yield; atomic { inside += 1 }; yield; atomic { inside -= 1 }; up seats; up seats }",
      "`count(live) == 0 and value(seats) != 2` must never hold"
    ),
    Wrong(
      "rendezvous 2",
      "program left { here = 1; up a; up a; down b; assert there == 1 }; program right { there = 1; up b; down a; assert here == 1 }",
      "`count(live) == 0 and (value(a) > 0 or value(b) > 0)` must never hold"
    ),
    Wrong(
      "barrier 2",
      "mutex m; program worker { lock m; n += 1; arrived += 1; unlock m; if arrived == 3 { repeat 3 { up gate } }; down gate }",
      "`count(live) == 0 and value(gate) > 0` must never hold"
    ),
    Wrong(
      "barrier 2",
      "mutex m; program worker { lock m; n += 1; arrived += 1; unlock m; up gate; down gate }",
      "`count(exited) > 0 and arrived < 3` must never hold"
    ),
    // A reader that never asks for the room, and compares a value with itself.
    Wrong(
      "readers 2",
      """
      program reader {
        atomic { reading += 1 }
        var before = value
        var later = value
        later = before
        atomic { reading -= 1 }
        assert before == later
      }
      """,
      "`reading > 0 and value(room) > 0` must never hold"
    ),
  ])
  func `permits that are too many`(_ wrong: Wrong) { expect(wrong) }
}
