import Testing

@testable import CorosCommands
@testable import CorosShell

/// What a person sees of a line while it is typed, and the lines that stand for others.
@Suite struct TypingTests {
  private let test = TestShell()

  init() { test.type("set colouring on") }

  /// The parts that have a colour, each with its role.
  private func parts(_ line: String) -> [String] {
    test.shell.typedParts(of: line).map { part in
      "\(part.role) \(String(decoding: Array(line.utf8)[part.range], as: UTF8.self))"
    }
  }

  @Test func `a command that cannot be one is bad, and not the beginning of one`() {
    #expect(parts("spa") == [])
    #expect(parts("spwa") == ["bad spwa"])
    #expect(parts("s") == [])
    #expect(parts("st 1") == ["bad st"])
    #expect(parts("sp count") == ["name count"])
    #expect(parts("ps; xyz; ps") == ["bad xyz"])
    #expect(parts("ps | gre") == [])
    #expect(parts("ps | xyz | head") == ["bad xyz"])
    #expect(parts("ps | !less") == [])
    #expect(parts("!sp") == [])
    #expect(parts("") == [])
    test.type("alias ll ps -a")
    #expect(parts("ll") == [])
  }

  @Test func `tasks and programs that exist are names`() {
    test.type("spawn count; spawn spin")
    #expect(parts("why 2") == ["name 2"])
    #expect(parts("why 3") == [])
    #expect(parts("kill count 1") == ["name count", "name 1"])
    #expect(parts("spawn family") == ["name family"])
    #expect(parts("spawn famly") == [])
  }

  @Test func `an open quote is coloured up to the end`() {
    #expect(parts("echo 'a b") == ["waiting 'a b"])
    #expect(parts("xyz \"a") == ["bad xyz", "waiting \"a"])
    #expect(parts("ps; '") == ["waiting '"])
    #expect(parts("echo 'a'") == [])
    #expect(parts("xyz &&") == ["bad xyz"])
    #expect(parts("xyz \\") == ["bad xyz"])
    #expect(parts("日本 'x") == ["bad 日本", "waiting 'x"])
    test.type("set colouring off")
    #expect(parts("xyz") == [])
  }

  @Test func `the last line that begins so is suggested`() {
    test.shell.history = ["spawn count", "spawn hello", "step 2\nstep 3", "日本"]
    #expect(test.shell.suggestion(for: "sp") == "awn hello")
    #expect(test.shell.suggestion(for: "spawn c") == "ount")
    #expect(test.shell.suggestion(for: "spawn hello") == "")
    #expect(test.shell.suggestion(for: "st") == "ep 2")
    #expect(test.shell.suggestion(for: "日") == "本")
    #expect(test.shell.suggestion(for: "") == "")
    #expect(test.shell.suggestion(for: " sp") == "")
    test.type("set suggestions off")
    #expect(test.shell.suggestion(for: "sp") == "")
  }

  @Test(arguments: [
    ("!!", "ps -a"), ("!! | head", "ps -a | head"), ("!1", "spawn count 3"), ("!-2", "step"),
    ("!sp; run", "spawn count 3; run"), ("!st 5", "step 5"), ("ps", "ps"), ("!", "!"),
    ("echo !!", "echo !!"),
  ]) func `a line stands for another one`(_ typed: String, _ line: String) {
    test.shell.history = ["spawn count 3", "step", "ps -a"]
    #expect(test.shell.recalled(typed) == line)
    #expect(test.type("") == (line == typed ? "" : line + "\n"))
  }

  @Test(arguments: ["!9", "!0", "!-4", "!zz", "!99999999999999999999"])
  func `a line that the history has not is refused`(_ typed: String) {
    test.shell.history = ["spawn count 3", "step", "ps -a"]
    #expect(test.shell.recalled(typed) == nil)
    #expect(test.type("").contains("`history` lists them"))
  }

  @Test func `nothing is recalled from an empty history`() {
    #expect(test.shell.recalled("!!") == nil)
    #expect(test.type("").contains("no line of the history begins with '!'"))
  }

  @Test func `a line goes on behind a backslash`() {
    #expect(test.run("echo a \\\n  b \\\r\n c\necho d") == 0)
    #expect(test.host.takeOutput() == "a b c\nd\n")
    #expect(test.run("echo 'a\\' b\\\n") != 0)
    #expect(test.host.takeErrors().contains("backslash"))
    #expect(test.run("echo one \\\ntwo; nosuch \\\nthree") == 1)
    #expect(test.host.takeErrors().hasPrefix("-c:2: there is no command 'nosuch'"))
    #expect(test.run("repeat 2 { echo a \\\n b }") == 0)
    #expect(test.host.takeOutput().hasSuffix("a b\na b\n"))
  }
}
