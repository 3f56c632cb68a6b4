import CorosLanguage
import Testing

@Suite struct ExpansionTests {
  @Test func `a value is never split and never parsed again`() throws {
    let variables = Variables(named: ["x": "a b; 'c' $y *"])
    #expect(try parsed("echo $x", variables) == [["echo", "a b; 'c' $y *"]])
  }

  @Test func `an empty value is still an argument`() throws {
    #expect(try parsed("echo $x", Variables(named: ["x": ""])) == [["echo", ""]])
  }

  @Test func `status and last task`() throws {
    let variables = Variables(lastSpawned: "7", status: "0")
    #expect(try parsed("wait $! $?", variables) == [["wait", "7", "0"]])
  }

  @Test func `script arguments by number, count and all together`() throws {
    let variables = Variables(arguments: ["a", "b c", ""])
    #expect(try parsed("echo $1 ${2} $#", variables) == [["echo", "a", "b c", "3"]])
    #expect(try parsed("echo $@ .", variables) == [["echo", "a", "b c", "", "."]])
    #expect(try parsed(#"echo "$@""#, variables) == [["echo", "a", "b c", ""]])
    #expect(try parsed(#"echo "<$@>""#, variables) == [["echo", "<a b c >"]])
  }

  @Test func `without arguments a lone $@ is no argument`() throws {
    #expect(try parsed("echo $@ x", Variables()) == [["echo", "x"]])
    #expect(try parsed("$@", Variables()) == [[]])
    #expect(try parsed("echo '' $#", Variables()) == [["echo", "", "0"]])
  }

  @Test func `expansion uses the current value`() throws {
    let list = try CommandList(parsing: "spawn count; wait $!")
    let wait = list.entries[1].command
    #expect(try wait.expanded(with: Variables(lastSpawned: "1")).map(\.text) == ["wait", "1"])
    #expect(try wait.expanded(with: Variables(lastSpawned: "2")).map(\.text) == ["wait", "2"])
  }

  @Test func `a single word can be expanded`() throws {
    let word = try CommandList(parsing: "a-$x").entries[0].command.words[0]
    #expect(try word.expanded(with: Variables(named: ["x": "1"])).map(\.text) == ["a-1"])
  }

  @Test func `an argument has the range of its word`() throws {
    let arguments = try arguments(of: "echo $@", Variables(arguments: ["a", "b"]))
    #expect(arguments.map(\.range) == [0..<4, 5..<7, 5..<7])
  }
}
