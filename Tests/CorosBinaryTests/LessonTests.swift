import CorosTestSupport
import Testing

/// Lessons as a learner meets them at a terminal, and as a teacher grades them.
@Suite(.timeLimit(.minutes(15))) struct LessonTests {
  let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  private func teach(_ arguments: [String]) throws -> BatchProgram.Outcome {
    try BatchProgram(corosProgram, arguments, environment: ["HOME": home.path], input: .text(""))
      .wait()
  }

  @Test func `a lesson is done at a terminal, kept, handed in and graded`() throws {
    do {
      let terminal = try PseudoTerminal.atPrompt([], home: home.path, environment: [:])
      try terminal.enter("lesson race", expecting: "Task 1 of 3")
      try terminal.enter("step", expecting: "reads n: 0")
      try terminal.enter("", expecting: "reads n: 0")
      try terminal.enter("answer 1", expecting: "Task 1 is done: 3 points.")
      try terminal.enter("lesson next", expecting: "Task 2 of 3")
      try terminal.enter(
        "replay schedule1@0@manual@1x3.2x3",
        expecting: "Task 2 is done: 3 points."
      )
      terminal.send("\u{04}")
      #expect(try terminal.waitForExit() == .code(0))
    }
    let terminal = try PseudoTerminal.atPrompt([], home: home.path, environment: [:])
    try terminal.enter("lesson", expecting: "Task 2 of 3")
    try terminal.enter("lesson hand-in '\(home.path)/ada'", expecting: "2 tasks, 6 of")
    terminal.send("\u{04}")
    #expect(try terminal.waitForExit() == .code(0))
    let graded = try teach(["--grade", "first", home.path + "/ada"])
    #expect(graded.exit == .code(0))
    #expect(graded.output.split(separator: "\n").count == 2)
    #expect(
      graded.output.contains(#""lesson":"race","task":2,"kind":"break","passed":true,"points":3"#)
    )
  }

  @Test func `grading says what is wrong with a file, and goes on`() throws {
    let good = try home.write(
      "good",
      #"""
      coros lessons 1
      {"pack":"first","lesson":"race","task":1,"hints":0,"wrong":0,"passed":true,"answer":"1","journal":null}

      """#
    )
    let outcome = try teach(["--grade", "first", home.path + "/nowhere", home.path, good])
    #expect(outcome.exit == .code(1))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].contains(#""error":"cannot read"#))
    #expect(lines[2].contains(#""passed":true"#))
    #expect(try teach(["--grade", "first", good]).exit == .code(0))
    #expect(try teach(["--grade", "first"]).exit == .code(2))
    #expect(try teach(["--grade", "/nowhere", good]).exit == .code(2))
  }

  @Test func `a pack is checked, and used`() throws {
    let hints = "#: hint\n# 1\n#: hint\n# 2\n#: hint\n# 3\n"
    _ = try home.write("order", "one\n")
    _ = try home.write(
      "one.coros",
      "#: title One\n#: given\nspawn count\n#: task predict\n# How many?\n#: answer 6\n#: check\nrun\nassert tick == $answer\n"
        + hints
    )
    let right = try teach(["--check-pack", home.path])
    #expect(right.output == "ok  one\n1 lesson, 1 task, 3 points; nothing is wrong\n")
    #expect(right.exit == .code(0))
    let used = try teach(["-c", "lesson one --pack '\(home.path)'; answer 6"])
    #expect(used.output.contains("The task is done: 3 points."))
    _ = try home.write("order", "one\ntwo\n")
    let wrong = try teach(["--json", "--check-pack", home.path])
    #expect(wrong.exit == .code(1))
    #expect(wrong.output.contains(#""line":2,"error":"cannot read"#))
    #expect(try teach(["--check-pack", home.path + "/nowhere"]).exit == .code(2))
  }
}
