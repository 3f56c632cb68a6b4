import CorosLanguage
import Testing

@Suite struct CommandParserTests {
  @Test func `words are separated by blanks`() throws {
    #expect(try parsed("echo hello  \t world ") == [["echo", "hello", "world"]])
  }

  @Test(arguments: [
    "", "   ", "\t", "# only a comment", "  # a comment; with | everything '", "\n\n",
  ])
  func `a line without commands is an empty list`(line: String) throws {
    #expect(try CommandList(parsing: line).entries.isEmpty)
  }

  @Test func `connectors join commands from the left`() throws {
    let list = try CommandList(parsing: "a; b && c||d;")
    #expect(list.entries.map(\.connector) == [.always, .always, .and, .or])
    #expect(try parsed("a; b && c||d;") == [["a"], ["b"], ["c"], ["d"]])
  }

  @Test func `a comment begins only at the start of a word`() throws {
    #expect(try parsed("echo a#b # c 'd") == [["echo", "a#b"]])
    #expect(try parsed("a;#b") == [["a"]])
    #expect(try parsed("echo '#' \\# \"#\"") == [["echo", "#", "#", "#"]])
  }

  @Test func `a newline separates commands and ends a comment`() throws {
    #expect(try parsed("a # one\n\n  b\r\nc") == [["a"], ["b"], ["c"]])
    #expect(try parsed("a &&\n b") == [["a"], ["b"]])
  }

  @Test func `a carriage return at the end of the line is not part of a word`() throws {
    #expect(try parsed("echo a\r") == [["echo", "a"]])
    #expect(try parsed("echo a \r") == [["echo", "a"]])
    #expect(try parsed("\r").isEmpty)
  }

  @Test func `everything in single quotes is literal`() throws {
    #expect(try parsed(#"echo 'a $b \ "c" # ; |'"#) == [["echo", #"a $b \ "c" # ; |"#]])
  }

  @Test func `double quotes keep blanks and expand variables`() throws {
    let variables = Variables(named: ["b": "x y"])
    #expect(try parsed(#"echo "a $b c""#, variables) == [["echo", "a x y c"]])
    #expect(try parsed(#"echo "\$b \" \\ \n ' ;""#, variables) == [["echo", #"$b " \ \n ' ;"#]])
  }

  @Test func `a backslash makes the next character literal`() throws {
    #expect(try parsed(#"echo a\ b \; \\ \日 \a"#) == [["echo", "a b", ";", #"\"#, "日", "a"]])
  }

  @Test func `adjacent parts are one word`() throws {
    #expect(try parsed(#"a'b c'"d"\ e"#) == [["ab cd e"]])
  }

  @Test func `empty quotes are an empty word`() throws {
    #expect(try parsed(#"echo '' "" ''"""#) == [["echo", "", "", ""]])
  }

  @Test func `characters of expressions are ordinary`() throws {
    let words = [
      "assert", "(tick", "<", "100)", "and", "state(3)==exited", "a>=b", "{x}", "*?[]~!",
    ]
    #expect(try parsed(words.joined(separator: " ")) == [words])
  }

  @Test func `text in any script is ordinary`() throws {
    #expect(
      try parsed("echo 日本語 ñandú e\u{301} 👩‍👩‍👧 かな ﬁ") == [
        ["echo", "日本語", "ñandú", "e\u{301}", "👩‍👩‍👧", "かな", "ﬁ"]
      ]
    )
  }

  @Test func `ranges are byte offsets of words and commands`() throws {
    let list = try CommandList(parsing: " é 'b c' ; d$x")
    #expect(list.entries.map(\.command.range) == [1..<9, 12..<15])
    #expect(list.entries[0].command.words.map(\.range) == [1..<3, 4..<9])
    #expect(list.entries[1].command.words[0].fragments.map(\.range) == [12..<13, 13..<15])
  }

  @Test func `adjacent parts of one kind become one fragment`() throws {
    let word = try CommandList(parsing: #"a'b'"c"\d$e"f""#).entries[0].command.words[0]
    #expect(
      word.fragments == [
        Fragment(kind: .bare, text: "a", range: 0..<1),
        Fragment(kind: .quoted, text: "bcd", range: 1..<9),
        Fragment(kind: .variable(.named("e")), text: "$e", range: 9..<11),
        Fragment(kind: .quoted, text: "f", range: 11..<14),
      ]
    )
  }

  @Test(arguments: [
    ("$name", Variable.named("name")), ("${name}", .named("name")), ("$_a1", .named("_a1")),
    ("$1", .argument(1)), ("$10", .argument(10)), ("${2}", .argument(2)), ("$0", .argument(0)),
    ("$#", .argumentCount), ("$@", .allArguments), ("$!", .lastSpawned), ("${?}", .status),
    ("$99999999999999999999999", .argument(.max)),
  ])
  func `a variable by its spelling`(line: String, variable: Variable) throws {
    let word = try CommandList(parsing: line).entries[0].command.words[0]
    #expect(word.fragments.map(\.kind) == [.variable(variable)])
  }

  @Test func `braces separate a name from the text after it`() throws {
    let variables = Variables(named: ["a": "1", "ab": "2"])
    #expect(try parsed("${a}b $ab $a-b", variables) == [["1b", "2", "1-b"]])
  }

  @Test func `a bar joins the programs of spawn, and leads to filters elsewhere`() throws {
    #expect(try parsed("spawn a 1|b | c;ps") == [["spawn", "a", "1", "|", "b", "|", "c"], ["ps"]])
    #expect(try parsed("spawn a || ps") == [["spawn", "a"], ["ps"]])
    let entries = try CommandList(parsing: "ps -a | grep a|head 2; ps").entries
    #expect(entries.map(\.filters.count) == [2, 0])
    #expect(entries[0].filters.map(\.words.count) == [2, 2])
  }
}
