import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosSession
@testable import CorosShell

/// Typed programs in scripts, journals and time.
@Suite(.timeLimit(.minutes(15))) struct TypedProgramTests {
  private static let race = """
    shared n = 0
    program bump {
      n = n + 1
    }
    spawn bump x2

    """

  @Test func `a definition may have several lines`() {
    let shell = TestShell()
    _ = shell.run(Self.race + "step 4\nassert n == 1\nprogram bump\n")
    #expect(shell.host.seen.contains("task 1 (bump) line 2: reads n: 0"))
    #expect(shell.host.seen.contains("program bump {\n  n = n + 1\n}\n"))
    #expect(shell.host.errors.isEmpty)
  }

  @Test func `an error in a definition shows its own line`() {
    let shell = TestShell()
    #expect(shell.run("shared n = 0\nprogram bump {\n  n = m + 1\n}\n") == 1)
    #expect(
      shell.host.errors.contains(":3: there is nothing called `m`\n    n = m + 1\n        ^\n")
    )
  }

  @Test func `a brace that is never closed is said, wherever the script ends`() {
    let shell = TestShell()
    #expect(shell.run("shared n = 0\nprogram bump {\n  n = 1\n") == 2)
    #expect(shell.host.errors.contains("this `{` is never closed"))
  }

  @Test func `going back takes back values and definitions`() {
    let shell = TestShell()
    _ = shell.run(
      Self.race + "run\nassert n == 1\ngoto 2\nassert n == 0\nforward 1\nassert n == 1\n"
    )
    _ = shell.run("goto 3\nprogram other { n = 7 }\nspawn other; run; assert n == 7\nbranch 1\n")
    #expect(shell.host.errors.isEmpty, "\(shell.host.errors)")
    #expect(shell.run("spawn other") == 1)
  }

  @Test func `reset keeps what was defined, with its first values`() {
    let shell = TestShell()
    _ = shell.run(
      Self.race + "run\nreset\nassert n == 0\nassert count(all) == 0\nspawn bump; run\n"
    )
    _ = shell.run("assert n == 1\n")
    #expect(shell.host.errors.isEmpty, "\(shell.host.errors)")
  }

  @Test func `a journal brings definitions back`() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/journal"
    let shell = TestShell()
    _ = shell.run(Self.race + "step 3\nsave '\(file)'\n")
    let other = TestShell()
    _ = other.run(
      "load '\(file)'\nassert n == 1\nassert tick == 3\nrun\nassert n == 1\nprogram bump\n"
    )
    #expect(other.host.errors.isEmpty, "\(other.host.errors)")
    #expect(other.host.seen.contains("program bump {\n  n = n + 1\n}\n"))
  }

  @Test func `a typed program goes before a built-in one of its name`() {
    let shell = TestShell()
    _ = shell.run("shared n\nprogram count { n = 9 }\nspawn count\nrun\nassert n == 9\n")
    #expect(shell.host.errors.isEmpty, "\(shell.host.errors)")
  }

  @Test func `many tasks of one program`() {
    let shell = TestShell()
    _ = shell.run("limit tasks 10000\nshared n\nprogram p { atomic { n += 1 } }\nspawn p x10000\n")
    _ = shell.run("run\nassert n == 10000\n")
    #expect(shell.host.errors.isEmpty, "\(shell.host.errors)")
    #expect(shell.run("spawn p x10001") == 1)
  }

  @Test func `a condition that must hold ends a wait, live mode and the stepper's run`() {
    let definitions = [
      "shared n = 0", "program raise { loop { n += 1 } }", "always n < 3", "spawn raise",
    ]
    let waiting = TestShell()
    for line in definitions { waiting.type(line) }
    #expect(waiting.type("wait 1") == "`always n < 3` does not hold, at tick 6\n")
    // Also where the future is recorded.
    waiting.type("goto 0")
    #expect(waiting.type("wait 1").contains("`always n < 3` does not hold, at tick 6"))

    var settings = Settings()
    settings.isInteractive = true
    let live = TestShell(settings)
    for line in definitions { live.type(line) }
    live.runLive("live on 1000")
    #expect(live.type().contains("`always n < 3` does not hold, at tick 6"))
    #expect(live.type("clock").hasPrefix("tick 6"))

    let stepped = SteppedSession(definitions.joined(separator: "; "))
    stepped.press("+ + + + + r")
    stepped.pass(milliseconds: 5_000)
    #expect(
      stepped.state.message?.text == "`always n < 3` does not hold; ← shows how it came to that"
    )
    #expect(stepped.state.tick == 6 && !stepped.state.isRunning)
  }

  @Test func `a check follows the scripts that a script runs, and says what nobody uses`() throws {
    let folder = try TemporaryFolder()
    folder.write("mutex m\nshared spare = 0\nprogram a { lock m; unlock m }\n", to: "names")
    folder.write(
      "source \(folder.file("names"))\nprogram b { lock m; unlock m }\nspawn b\n",
      to: "main"
    )
    let shell = TestShell()
    let main = folder.file("main")
    #expect(try shell.shell.checkScript(path: main) == 0)
    shell.shell.flush()
    #expect(
      shell.host.seen == "\(main): no program uses `spare`\n\(main): nothing is wrong\n"
    )
    for (text, message) in [
      ("source \(folder.file("circle"))\n", "this script would run itself, for ever"),
      ("source \(folder.file("nowhere"))\n", "cannot read"),
      ("source \(folder.file("wrong"))\n", "there is nothing called `k`"),
    ] {
      folder.write("program x { k = 1 }\n", to: "wrong")
      folder.write(text, to: "circle")
      let shell = TestShell()
      #expect(try shell.shell.checkScript(path: folder.file("circle")) == 2)
      shell.shell.flush()
      #expect(shell.host.seen.contains(message))
    }
  }

  @Test(arguments: [
    ("program a { var x = 1; yield }", "note: line 1: `x` is never used\n"),
    (
      "program a(i) {\n  yield\n  var k = 1\n}",
      "note: line 1: `i` is never used\nnote: line 3: `k` is never used\n"
    ),
    ("program a(i) { repeat i { } }", ""),
    ("program a { var x; hear x }", ""),
    ("program a { var t = spawn b; wait t }", "there is no program `b`"),
    ("procedure p(x, y) { x = 1 }", "note: line 1: `y` is never used\n"),
    (
      "program a { var n = 1; n += 1 }",
      "note: line 1: `n` is a shared name as well, which is hidden here; another name tells them apart\n"
    ),
    (
      "shared ready",
      "note: line 1: `ready` hides the word for a state, as in `state(1) == ready`; another name tells them apart\n"
    ),
    ("shared count = 1", ""),
  ])
  func `what is suspicious is said where it is defined`(_ text: String, _ note: String) {
    let shell = TestShell()
    shell.type("shared n = 0")
    let said = shell.type(text)
    #expect(note.hasPrefix("there") ? said.contains(note) : said == note)
  }
}
