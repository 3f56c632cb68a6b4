import CorosTestSupport
import Testing

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
}
