import CorosLanguage
import CorosSession
import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosShell

/// Lines from other terminals: what they may do, and that they leave nothing behind.
@Suite(.timeLimit(.minutes(15))) struct GuestTests {
  private func stage() -> TestShell {
    let stage = TestShell()
    stage.type("spawn count 5; spawn clock 2; step 4; bookmark here")
    return stage
  }

  private func ask(
    _ line: String,
    _ stage: TestShell,
    mayChange: Bool = false,
    isRunning: Bool = false,
    asText: Bool = false
  ) throws -> GuestAnswer {
    let look = asText ? (width: 80, isColored: false) : nil
    let guest = GuestLine(line, look: look, mayChange: mayChange, isRunning: isRunning)
    return try #require(stage.shell.answer(guest))
  }

  /// All that a guest could change.
  private func state(_ stage: TestShell) -> String {
    let shell = stage.shell
    return [
      "\(shell.position)", shell.session.journalText, "\(shell.variables.status)",
      "\(shell.exitStatus ?? -1)", "\(shell.settings)", "\(shell.console === shell.console)",
      "\(shell.lastMove ?? "")", "\(shell.quiz.plain == nil && shell.quiz.progress == nil)",
      "\(shell.monitor.isTracing)", "\(shell.silencedLints)",
      "\(shell.routines.functions.keys.sorted())",
      "\(shell.routines.aliases.keys.sorted())", "\(shell.session.live.isOn)",
    ].joined(separator: "\n")
  }

  @Test(arguments: CommandTable.all.names)
  func `a watcher looks, and changes nothing`(_ name: String) throws {
    let command = try #require(CommandTable.all.command(exactly: name))
    let stage = stage()
    let before = state(stage)
    for line in [command.manual.example, name, "\(name) x y", "\(name) 1"] {
      let answer = try ask(line, stage)
      let isRefused = answer.frames.contains { frame in
        if case .string(let text)? = frame["error"] {
          text.hasPrefix("only the terminal")
        } else {
          false
        }
      }
      let hasWords = line.contains(" ")
      let isChanging = command.access(hasWords: hasWords) == .changing
      // A line of several commands may be refused for another one.
      if isChanging || !line.contains(";") { #expect(isRefused == isChanging, "\(line)") }
      #expect(state(stage) == before, "\(line)")
      #expect(stage.host.takeSeen().isEmpty, "\(line)")
    }
  }

  @Test(arguments: [
    "run", "ps; run", "ps && kill 1", "'run'", "ru", "for x in 1 { run }", "repeat 2 { step }",
    "$x", "if tick == 4 { run }", "exit 3", "set x 1", "lints off all", "policy fifo", "source f",
    "ps | grep x && step",
  ])
  func `nothing gets past what a watcher may do`(_ line: String) throws {
    let stage = stage()
    stage.type("set x run; alias go run; function f { run }")
    let before = state(stage)
    #expect(try ask(line, stage).status != 0)
    #expect(state(stage) == before)
  }

  @Test(arguments: ["go", "f"])
  func `functions and aliases are for those who drive`(_ line: String) throws {
    let stage = stage()
    stage.type("alias go run; function f { run }")
    let before = state(stage)
    #expect(try ask(line, stage).status == 1 && state(stage) == before)
    #expect(try ask(line, stage, mayChange: true).status == 0)
    #expect(state(stage) != before)
  }

  @Test(arguments: ["ps > FILE", "timeline --svg FILE", "why 1 >> FILE", "export --csv FILE"])
  func `a watcher writes no file`(_ line: String) throws {
    let folder = try TemporaryFolder()
    let stage = stage()
    #expect(try ask(line.replacing("FILE", with: folder.file("x")), stage).status != 0)
    #expect(folder.read("x") == nil)
  }

  @Test func `answers are those of the prompt`() throws {
    let stage = stage()
    let json = TestShell.json()
    json.type("spawn count 5; spawn clock 2; step 4; bookmark here")
    for line in ["ps", "why 1", "info 2", "stats", "ps --at 2", "events 1 --count", "queue"] {
      let answer = try ask(line, stage)
      #expect(answer.frames.map(\.text).joined(separator: "\n") + "\n" == json.type(line))
      // The others have lines to be wrapped, which those of a script are not.
      guard ["ps", "queue"].contains(line) else { continue }
      let text = try ask(line, stage, asText: true).frames.compactMap { frame -> String? in
        if case .string(let text)? = frame["text"] { text } else { nil }
      }
      #expect(text.joined() == stage.type(line), "\(line)")
    }
  }

  @Test func `whoever drives does what the prompt does`() throws {
    let (stage, other) = (stage(), stage())
    #expect(try ask("spawn family; run 5; back 2", stage, mayChange: true).status == 0)
    other.type("spawn family; run 5; back 2")
    #expect(stage.shell.position == other.shell.position)
    #expect(stage.shell.session.journalText == other.shell.session.journalText)
    #expect(try ask("exit", stage, mayChange: true).status == 0)
    #expect(stage.shell.exitStatus == nil)
  }

  @Test func `what a driver sets outlasts its line, and what a watcher sets does not`() throws {
    let stage = stage()
    _ = try ask("set x 7", stage, mayChange: true)
    #expect(try ask("echo $x", stage, asText: true).frames == [["text": "7\n"]])
    _ = try ask("why 9", stage)
    #expect(stage.shell.variables.status == 0)
    _ = try ask("why 9", stage, mayChange: true)
    #expect(stage.shell.variables.status == 1)
    _ = try ask("quiz forks", stage, mayChange: true)
    #expect(stage.shell.quiz.progress != nil || stage.shell.quiz.plain != nil)
  }

  @Test(arguments: [false, true])
  func `a stepper needs a screen at the other terminal`(mayChange: Bool) throws {
    let stage = stage()
    let before = stage.shell.session.journalText
    let answer = try ask("stepper", stage, mayChange: mayChange)
    #expect(answer.status == 1 && stage.shell.session.journalText == before)
    let error = answer.frames.first?["error"]
    #expect(error == "stepper needs a person at a terminal")
  }

  @Test func `Tab offers what it offers at the prompt`() throws {
    let offer = stage().shell.offer(to: "sp", cursor: 2)
    #expect(offer["from"] == 0 && offer["to"] == 2)
    guard case .array(let words)? = offer["words"] else {
      Issue.record("there are no words")
      return
    }
    #expect(words.contains { $0["text"] == "spawn" && $0["complete"] == true })
    // In the middle of a letter, and in a comment.
    #expect(stage().shell.offer(to: "é", cursor: 1)["words"] != nil)
    #expect(stage().shell.offer(to: "# sp", cursor: 4) == ["words": []])
  }

  @Test func `while a command runs only the present is shown`() throws {
    let stage = stage()
    for line in ["stats", "ps --at 1", "run", "events", "print preemptions(1)"] {
      let guest = GuestLine(line, look: nil, mayChange: true, isRunning: true)
      #expect(stage.shell.answer(guest) == nil, "\(line)")
    }
    #expect(try ask("ps", stage, isRunning: true).status == 0)
    // What is refused need not wait.
    #expect(try ask("run", stage, isRunning: true).status == 1)
  }

  @Test func `a desk is asked in the middle of a run, and can end it`() throws {
    let stage = TestShell()
    var answers: [GuestAnswer] = []
    let desk = TestDesk(driver: 7) { [shell = stage.shell] in
      for line in ["ps", "why 1", "timeline", "tree", "locks", "queue"] {
        let guest = GuestLine(line, look: nil, mayChange: false, isRunning: true)
        if let answer = shell.answer(guest) { answers.append(answer) }
      }
      return answers.count >= 600
    }
    stage.shell.visitors = desk
    let text = stage.type("spawn -m spin; spawn count 100; run")
    #expect(answers.count == 600 && answers.allSatisfy { $0.status == 0 })
    #expect(text.contains("interrupted at tick 100"))
    let ticks = answers.enumerated().compactMap { index, answer in
      index % 6 == 0 ? answer.frames[0]["tick"] : nil
    }
    #expect(ticks == (1...100).map { .int($0) })
    // The run itself is as if nobody had looked.
    let alone = TestShell()
    alone.type("spawn -m spin; spawn count 100; run 100")
    #expect(stage.shell.session.journalText.hasPrefix(alone.shell.session.journalText.prefix(40)))
    #expect(stage.shell.position == alone.shell.position)
    #expect(text.contains("[2] 50"))
    #expect(stage.type("attach").contains("process 7 drives"))
  }
}
