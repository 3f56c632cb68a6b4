import CorosKernel
import CorosSync
import Testing

@testable import CorosInterpreter
@testable import CorosLanguage

/// What one step is: each test lists the visible acts of a program, one a step, and its end.
@Suite(.timeLimit(.minutes(15))) struct StepRuleTests {
  /// The acts of a program that runs alone.
  private func acts(
    _ body: String,
    _ declarations: String = "shared n = 0, x[3], on = false"
  ) throws -> [String] {
    let run = try TypedRun(declarations, "mutex m", "program p { \(body) }")
    try run.spawn("p")
    run.scheduler.run(until: { $0.now >= 200 })
    var acts: [String] = []
    for event in run.log.events where event.task != .operator {
      switch event.action {
      case .trapped(let call): acts.append(call.description)
      case .exited(let status): acts.append("\(status)")
      default: break
      }
    }
    // Each act is a step, and so is the end.
    #expect(run.scheduler.now == acts.count)
    return acts
  }

  @Test func `an assignment from a shared name is a read and a write`() throws {
    let steps = ["ReadCell(n: 0)", "WriteCell(n = 1)", "exited 0"]
    #expect(try acts("n = n + 1") == steps)
    #expect(try acts("n += 1") == steps)
  }

  @Test func `each occurrence is a read, from left to right`() throws {
    #expect(
      try acts("x[n] = n - x[1]") == [
        "ReadCell(n: 0)", "ReadCell(n: 0)", "ReadCell(x[1]: 0)", "WriteCell(x[0] = 0)", "exited 0",
      ]
    )
  }

  @Test func `and and or look no further than they must`() throws {
    #expect(try acts("if on and n == 0 { n = 2 }") == ["ReadCell(on: false)", "exited 0"])
    #expect(
      try acts("if not on or n == 0 { on = true }") == [
        "ReadCell(on: false)", "WriteCell(on = true)", "exited 0",
      ]
    )
  }

  @Test func `local work takes no step`() throws {
    #expect(
      try acts("var a = 1, b = 2; if a < b { a = b * 7 % 5 }; n = a; assert a == 4") == [
        "WriteCell(n = 4)", "exited 0",
      ]
    )
  }

  @Test func `an assertion is a step where it looks at a shared name`() throws {
    #expect(try acts("assert n == 0; assert 1 == 1") == ["AssertCondition(n == 0)", "exited 0"])
    #expect(
      try acts("var a = 3; n = a; assert n == 2") == [
        "WriteCell(n = 3)", "AssertCondition(n == 2)",
        "failed: line 1: `n == 2` is false: 3 == 2",
      ]
    )
    #expect(
      try acts("n = 1; var a = 2; assert a == 3") == [
        "WriteCell(n = 1)", "failed: line 1: `a == 3` is false: 2 == 3",
      ]
    )
  }

  @Test func `an atomic part is a step`() throws {
    #expect(try acts("atomic { n = 5; x[0] = n; n += x[0] }; assert n == 10").count == 3)
    #expect(try acts("when n == 0 { n = 1 }; await n == 1").count == 3)
  }

  @Test func `a round without a visible act is a step`() throws {
    #expect(try acts("var i = 0; while i < 3 { i += 1 }").count == 4)
    #expect(try acts("repeat 3 { n = 1 }").count == 4)
    #expect(try acts("repeat 2 { repeat 2 { } }").count == 5)
    #expect(try acts("repeat 2 { n = 1; if n == 0 { break } }").count == 5)
    #expect(try acts("loop { }").count == 200)
  }

  @Test func `what goes wrong in local work ends the task in that step`() throws {
    #expect(try acts("var a = 0; a = 1 / a") == ["failed: line 1: 1 is divided by 0"])
    #expect(
      try acts("var a = 9223372036854775807; n = 1; a += 1") == [
        "WriteCell(n = 1)", "failed: line 1: the result does not fit in 64 bits",
      ]
    )
    #expect(
      try acts("var i = 3; x[i] = 1") == [
        "failed: line 1: x[3] does not exist: x has 3 elements, from 0"
      ]
    )
  }

  @Test func `a step has a limit`() throws {
    let long = String(repeating: "a += 1; ", count: 9_000)
    #expect(
      try acts("var a = 0; \(long) n = a") == [
        "failed: line 1: a step of more than 10000 operations"
      ]
    )
    #expect(
      try acts("atomic { loop { n += 1 } }").last
        == "failed: line 1: a step of more than 10000 operations"
    )
  }

  @Test func `who and when cost nothing`() throws {
    #expect(
      try acts("var a = me; var t = tick; n = a + t; t = tick; n = t") == [
        "WriteCell(n = 1)", "WriteCell(n = 1)", "exited 0",
      ]
    )
    let run = try TypedRun("shared n", "program p { n = choose 5 .. 9 }")
    try run.spawn("p")
    #expect(run.scheduler.run() == .allFinished)
    #expect((5...9).contains(Int(run.values["n"] ?? "") ?? 0))
  }

  @Test func `two bumps lose one`() throws {
    let run = try TypedRun("shared n = 0", "program bump { n = n + 1 }")
    try run.spawn("bump")
    try run.spawn("bump")
    #expect(run.scheduler.run() == .allFinished)
    #expect(run.values == ["n": "1"])
  }

  @Test func `a critical section is left with the next act`() throws {
    let run = try TypedRun("shared n = 0", "program p { critical { }; n = 1 }")
    try run.spawn("p")
    run.scheduler.step()
    try run.spawn("p")
    // The first task stands at the end of its section, and leaves it with its write.
    run.scheduler.step()
    run.scheduler.step()
    #expect(run.scheduler.run() == .allFinished)
    #expect(run.endings == ["1: exited 0", "2: exited 0"])
    let together = try TypedRun("shared n = 0", "program p { critical { }; n = 1 }")
    try together.spawn("p")
    try together.spawn("p")
    #expect(together.scheduler.run() == .allFinished)
    #expect(
      together.endings == [
        "2: failed: line 1: task 1 is in the critical section critical, too", "1: exited 0",
      ]
    )
  }
}
