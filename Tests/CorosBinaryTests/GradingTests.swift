import CorosTestSupport
import Foundation
import Testing

/// Hand-ins and graders, as a teacher runs them; startup files and the pager, as a person meets them.
@Suite struct GradingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func grade(
    _ student: String,
    _ grader: String,
    _ options: [String] = []
  ) throws -> BatchProgram.Outcome {
    let (work, rules) = (
      try folder.write("student.coros", student), try folder.write("grader.coros", grader)
    )
    return try BatchProgram(
      corosProgram,
      ["--sandbox"] + options + ["--then", rules, work],
      environment: ["HOME": folder.path],
      input: .text("")
    ).wait()
  }

  @Test func `the grader has the last word, whatever the student's script does`() throws {
    let rules = "score 1 status(1) == 0 'ends well'\nassert status(1) == 0\n"
    #expect(try grade("spawn count 2; run", rules).exit == .code(0))
    #expect(try grade("spawn count 2; run; exit 0", rules).exit == .code(0))
    #expect(try grade("spawn count 2; exit 0; run", rules).exit == .code(1))
    #expect(try grade("spawn count 2; run; nosuch", rules).exit == .code(0))
    #expect(try grade("exit 0", rules).exit == .code(1))
    #expect(try grade("alias score echo; function assert { }", rules).exit == .code(1))
  }

  @Test func `a grader's own mistake has another status than a failed check`() throws {
    #expect(try grade("", "assert tick == 1").exit == .code(1))
    #expect(try grade("", "assert tick = 1").exit == .code(2))
    #expect(try grade("", "assert").exit == .code(2))
    #expect(try grade("", "assert foo(1) == 2").exit == .code(2))
    #expect(try grade("", "assert state(1) == redy").exit == .code(2))
    // That a task has no such value yet is no mistake.
    #expect(try grade("spawn spin", "assert turnaround(1) < 5").exit == .code(1))
  }

  @Test func `what is wrong with a line of the grader has status 2, whatever the command`() throws {
    for mistake in [
      "nosuch", "goto nowhere", "timeline --nosuch", "wait", "kill x", "policy nosuch",
      "score x tick == 0", "source nosuch.coros", "repeat x { step }", "ps -n 0", "assert (",
    ] {
      #expect(try grade("spawn count 2", mistake).exit == .code(2), "\(mistake)")
    }
    // What the run comes to is no mistake of the grader's.
    #expect(try grade("spawn circle", "run").exit == .code(1))
    #expect(try grade("spawn count", "function f { assert tick == 9 }; f").exit == .code(1))
  }

  @Test func `the journal of a session is replayed, and graded`() throws {
    let journal = folder.file("work.journal")
    #expect(
      try coros("-c", "spawn count 3; run 2; spawn dice; run; save \(journal)").exit == .code(0)
    )
    let rules = try folder.write(
      "grader.coros",
      "assert status(1) == 0; assert name(2) == dice; assert tick > 3; history --ticks\n"
    )
    func graded(_ file: String, _ rules: String) throws -> BatchProgram.Outcome {
      try BatchProgram(
        corosProgram,
        ["--sandbox", "--then", rules, file],
        environment: ["HOME": folder.path],
        input: .text("")
      ).wait()
    }
    let good = try graded(journal, rules)
    #expect(good.exit == .code(0))
    #expect(good.output.contains("spawn dice"))
    let strict = try folder.write("strict.coros", "assert tick == 1\n")
    #expect(try graded(journal, strict).exit == .code(1))
    // A journal that was changed is told of, and the grader has the last word.
    let text = try String(contentsOfFile: journal, encoding: .utf8)
    let forged = try folder.write("forged.journal", text.replacing("tick 2\n", with: "tick 3\n"))
    let bad = try graded(forged, rules)
    #expect(bad.exit == .code(1))
    #expect(bad.errors.contains("forged.journal:"))
  }

  @Test func `files on the command line may be sourced in a sandbox, and no others`() throws {
    let helper = try folder.write("helper.coros", "spawn count 2\n")
    let other = try folder.write("other.coros", "spawn dice\n")
    let work = try folder.write("work.coros", "source $1; run\n")
    let rules = try folder.write("rules.coros", "assert name(1) == count; source $1\n")
    func run(_ words: String...) throws -> BatchProgram.Outcome {
      try BatchProgram(corosProgram, ["--sandbox"] + words, input: .text("")).wait()
    }
    #expect(try run("--then", rules, work, helper).exit == .code(0))
    #expect(try run(work, helper).exit == .code(0))
    let refused = try run(try folder.write("sly.coros", "source \(other)\n"), helper)
    #expect(refused.exit == .code(1))
    #expect(refused.errors.contains("a sandbox has no files"))
    let written = try run(try folder.write("writer.coros", "save $1\n"), helper)
    #expect(written.errors.contains("a sandbox has no files"))
  }

  @Test func `points are a line of JSON each`() throws {
    let outcome = try grade(
      "spawn count 2; run",
      "score 2 status(1) == 0 'ends'; score 3 tick == 1 'at once'; score",
      ["--json"]
    )
    #expect(
      outcome.output.split(separator: "\n").suffix(3) == [
        #"{"command":"score","points":2,"of":2,"why":"ends","reason":null}"#,
        #"{"command":"score","points":0,"of":3,"why":"at once","reason":"`tick == 1` failed: left is `3`, right is `1`"}"#,
        #"{"command":"score","points":2,"of":5}"#,
      ]
    )
  }

  @Test func `limits end a script that would not end, and the grader still runs`() throws {
    for (script, option) in [
      ("spawn spin; run", ["--max-steps", "5000"]), ("spawn spin; run", ["--max-time", "0.3"]),
      ("while true { }", ["--max-time", "0.3"]),
      ("spawn spin; repeat 1000000000 { step }", ["--max-steps", "300"]),
    ] {
      let path = try folder.write("endless.coros", script)
      let alone = try BatchProgram(corosProgram, option + [path], input: .text("")).wait()
      #expect(alone.exit == .code(124))
      #expect(alone.errors.contains("its limit is"))
      let graded = try grade(script, "score 1 count(live) >= 0 'still there'", option)
      #expect(graded.exit == .code(0))
      #expect(graded.output.contains("1/1  still there"))
    }
  }

  @Test(arguments: ["0", "-1", "x", "nan", "1e99"])
  func `a limit that is none is refused`(_ limit: String) throws {
    #expect(try coros("--max-steps", limit, "-c", "ps").exit == .code(2))
    #expect(try coros("--max-time", limit, "-c", "ps").exit == .code(2))
  }

  // MARK: - At a terminal

  private func terminal(
    _ arguments: [String] = [],
    rows: UInt16 = 24
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      corosProgram,
      arguments: arguments,
      environment: ["HOME": folder.path, "NO_COLOR": "1"],
      columns: 80,
      rows: rows
    )
    try terminal.waitForPrompt()
    return terminal
  }

  @Test func `the startup file runs at a terminal, and not in scripts or without it`() throws {
    let home = folder.file(".config/coros")
    #expect(try shell("mkdir -p \(home)").exit == .code(0))
    _ = try folder.write(".config/coros/startup.coros", "alias ll ps -a\nspawn count 3\n")
    let session = try terminal()
    try session.enter("ll", expecting: "count")
    session.send("exit\r")
    #expect(try session.waitForExit() == .code(0))
    let plain = try terminal(["--no-config"])
    try plain.enter("ll", expecting: "no command 'll'")
    #expect(
      try BatchProgram(
        corosProgram,
        ["-c", "ps"],
        environment: ["HOME": folder.path],
        input: .text("")
      ).wait().output.contains("no tasks")
    )
  }

  @Test func `a mistake in the startup file is told, and the prompt comes`() throws {
    #expect(try shell("mkdir -p \(folder.file(".config/coros"))").exit == .code(0))
    _ = try folder.write(".config/coros/startup.coros", "nosuch\n")
    let session = try terminal()
    // A long path is wrapped.
    #expect(session.transcript.contains("startup.coros:1:"))
    #expect(session.transcript.contains("'nosuch'"))
    try session.enter("echo alive", expecting: "alive")
  }

  @Test func `what is longer than the screen is shown a screen at a time`() throws {
    let session = try terminal(rows: 10)
    session.send("help\r")
    try session.expect("space on")
    session.send(" ")
    session.send("q")
    try session.waitForPrompt()
    #expect(session.isGivenBack || session.transcript.contains("\u{1B}[?1049l"))
    try session.enter("set pager off", expecting: "coros>")
    try session.enter("help", expecting: "Ctrl-D leaves")
    try session.enter("ps", expecting: "no tasks")
    session.send("exit\r")
    #expect(try session.waitForExit() == .code(0))
    #expect(session.isGivenBack)
  }
}
