import CorosPrograms
import Testing

@testable import CorosCommands
@testable import CorosLessons
@testable import CorosShell

/// Packs that are wrong, and how that is said.
@Suite(.timeLimit(.minutes(15))) struct PackCheckTests {
  private static let hints = "#: hint\n# 1\n#: hint\n# 2\n#: hint\n# 3\n"

  private func faults(_ text: String) throws -> [String] {
    let lesson = try Lesson(parsing: "#: title A\n" + text + Self.hints, name: "x", file: "x.coros")
    return PackCheck(.builtIn) { false }.faults(of: lesson).map(\.message)
  }

  @Test(arguments: [
    (
      "#: task predict\n# Q\n#: answer 2\n#: check\nassert $answer == 3\n",
      "task 1 (predict): x.coros:6: `$answer == 3` failed: left is `2`, right is `3`"
    ),
    (
      "#: task predict\n# Q\n#: answer 2\n#: check\nassert tick == 0\n",
      "task 1 (predict): the check does not mention $answer, so it proves nothing"
    ),
    (
      "#: task predict\n# Q\n#: answer 2\n#: wrong 3\n# no\n#: check\nassert $answer > 1\n",
      "task 1 (predict): the check proves the wrong answer '3', too"
    ),
    (
      "#: task predict\n# Q\n#: answer 2\n#: wrong 2\n# no\n#: check\nassert $answer == 2\n",
      "task 1 (predict): '2' is said to be wrong, and passes"
    ),
    (
      "#: given\nnosuch\n#: task break\n# Q\n#: check\nassert tick == 1\n#: solution\nstep\n",
      "task 1 (break): x.coros:3: there is no command 'nosuch'"
    ),
    (
      "#: task break\n# Q\n#: check\nassert tick == 0\n#: solution\nclock\n",
      "task 1 (break): it passes as given"
    ),
    (
      "#: given\nspawn count\n#: task break\n# Q\n#: check\nassert tick == 2\n#: solution\nstep\n",
      "task 1 (break): the solution does not pass: x.coros:7: `tick == 2` failed: left is `1`, right is `2`"
    ),
    (
      "#: given\nspawn count\n#: task break\n# Q\n#: best 5\n#: check\nassert tick == 1\n#: solution\nstep\n",
      "task 1 (break): the solution makes 0 switches, and `best` says 5"
    ),
    (
      "#: given\nspawn spin\n#: task break\n# Q\n#: check\nassert tick == 1\n#: solution\nrun\n",
      "task 1 (break): x.coros:9: this does not come to an end"
    ),
    (
      "#: given\nwhile 1 == 1 { echo }\n#: task break\n# Q\n#: check\nassert tick == 1\n#: solution\nstep\n",
      "task 1 (break): x.coros:3: this does not come to an end"
    ),
    (
      "#: given\nexit 0\n#: task break\n# Q\n#: check\nassert tick == 1\n#: solution\nstep\n",
      "task 1 (break): x.coros:3: a lesson cannot end the shell"
    ),
    (
      "#: given\nsave x\n#: task break\n# Q\n#: check\nassert tick == 1\n#: solution\nstep\n",
      "task 1 (break): x.coros:3: cannot access 'x': a sandbox has no files"
    ),
    (
      "#: given\nlesson race\n#: task break\n# Q\n#: check\nassert n == 2\n#: solution\nstep\n",
      "task 1 (break): the solution does not pass: x.coros:7: `n == 2` failed: left is `0`, right is `2`"
    ),
    (
      "#: given\nshared n = 0\nprogram p { n = n + 1 }\n#: task fix p\n# Q\n#: scene\nspawn p x2\n#: solution\nprogram p { n += 1 }\n",
      "task 1 (fix): it passes as given"
    ),
    (
      "#: given\nshared n = 0\nprogram p { n = n + 1 }\n#: task fix p\n# Q\n#: possible n ==\n#: scene\nspawn p x2\n#: solution\nprogram p { n += 1 }\n",
      "task 1 (fix): the solution does not pass: x.coros:7: "
    ),
    (
      "#: given\nshared n = 0\nprogram p { n = n + 1 }\n#: task fix p\n# Q\n#: never n ==\n#: scene\nspawn p x2\n#: solution\nprogram p { n += 1 }\n",
      "task 1 (fix): the solution does not pass: x.coros:7: "
    ),
    (
      "#: given\nshared n = 0\nprogram p { n = n + 1 }\n#: task fix p\n# Q\n#: never n == 2\n#: scene\nspawn p x2\n#: solution\nprogram p { n += 1 }\n",
      "task 1 (fix): the solution does not pass: `n == 2` must never hold, and does, after the choices "
    ),
  ])
  func `a fault has its place and its reason`(_ text: String, _ expected: String) throws {
    let faults = try faults(text)
    #expect(faults.contains { $0.hasPrefix(expected) }, "\(faults)")
  }

  @Test func `text that is too wide is refused`() throws {
    let wide = String(repeating: "wide ", count: 17)
    let faults = try faults("#: task name\n# \(wide)\n#: choice a\n#: choice b\n#: answer a\n")
    #expect(faults.count == 1)
    #expect(faults[0].hasPrefix("this is wider than 80 columns: 'wide wide"))
  }
}
