import CorosKernel
import CorosTestSupport
import Foundation
import Testing

@testable import CorosCommands
@testable import CorosLanguage
@testable import CorosShell

/// Blocks of commands, functions and aliases, and where their failures are.
@Suite struct BlockTests {
  @Test(arguments: [
    ("repeat 3 { echo a }", "a\na\na\n"),
    ("repeat 0 { echo a }", ""),
    ("for x in 1 2 { echo $x }; echo $x", "1\n2\n2\n"),
    ("for x in 3..5 { echo $x }", "3\n4\n5\n"),
    ("for x in 'a b' \"c\" { echo <$x> }", "<a b>\n<c>\n"),
    ("set n 2; repeat $n { echo $n }", "2\n2\n"),
    ("if 1 < 2 { echo y } else { echo n }", "y\n"),
    ("if 2 < 1 { echo y } else { echo n }", "n\n"),
    ("if 2 < 1 { echo y } else if 3 < 1 { echo z } else { echo n }", "n\n"),
    ("if 2 < 1 { echo y } else if 1 < 3 { echo z } else { echo n }", "z\n"),
    ("if 2 < 1 { echo y }", ""),
    ("while false { echo y }", ""),
    ("repeat 2 { repeat 2 { echo '}' }; echo \"{\" }", "}\n}\n{\n}\n}\n{\n"),
    ("repeat 1 { echo a # no }\n}", "a\n"),
    ("repeat 1 { set a 5; echo ${a} }", "5\n"),
    ("function f { echo $# $1 }; f x y", "2 x\n"),
    ("function f { $@ }; f echo 'a  b'", "a  b\n"),
    ("function f a b { echo $b $a $1 $# }; f x y", "y x x 2\n"),
    ("set a 1; function f a { echo $a }; f 2; echo $a", "2\n1\n"),
    ("function f a { if $a > 0 { echo $a } }; function g a { f 0; echo $a }; g 7", "7\n"),
    ("alias e echo one; e two 'th  ree'", "one two th  ree\n"),
    ("alias e 'echo a; echo b'; e c", "a\nb c\n"),
    ("repeat 2 { echo a } && echo b", "a\na\nb\n"),
    ("repeat 1 { nosuch } || echo b", "b\n"),
  ])
  func `blocks run their commands`(_ line: String, _ expected: String) {
    let session = TestShell()
    session.type(line)
    #expect(session.host.output == expected, "\(session.host.errors)")
  }

  @Test func `a block of several lines says where it fails`() {
    let session = TestShell()
    let status = session.run("echo 1\nrepeat 2 {\n  echo 2\n  nosuch x\n}\necho 3\n")
    #expect(status == 1)
    #expect(session.host.output == "1\n2\n")
    #expect(session.host.errors.hasPrefix("-c:4: there is no command 'nosuch'\n    nosuch x\n"))
    #expect(session.host.errors.split(separator: "\n").count == 4)
  }

  @Test func `a failure in a function is shown where the function is written`() {
    let session = TestShell()
    #expect(session.run("function f {\n  kill\n}\necho a\nf\n") == 1)
    #expect(session.host.errors.hasPrefix("-c:2: kill needs a task id\n    kill\n"))
  }

  @Test func `a function with parameters takes as many words`() {
    let session = TestShell()
    session.type("function crowd n what { repeat $n { spawn $what } }")
    #expect(session.type("crowd 2").contains("crowd takes 2 words, not 1"))
    #expect(session.type("crowd 2 dice 3").contains("as in `crowd N WHAT`"))
    session.type("crowd 2 dice")
    #expect(session.shell.scheduler.liveTaskCount == 2)
    // The parameters are gone.
    #expect(session.type("echo $what").contains("what"))
    for line in ["function f a a { }", "function f 1 { }", "function f a-b { }"] {
      #expect(session.type(line).contains("cannot be the name of a parameter"))
    }
    #expect(session.type("function").contains("crowd n what { repeat"))
  }

  @Test func `exit in a block leaves`() {
    let session = TestShell()
    #expect(session.run("repeat 5 { exit 3 }; echo no") == 3)
    #expect(session.host.output == "")
  }

  @Test func `Ctrl-C ends a loop that would not end`() {
    let session = TestShell()
    session.host.patience = 500
    #expect(session.run("while true { set a 1 }") == 130)
    let other = TestShell()
    other.host.patience = 500
    #expect(other.run("repeat 9223372036854775807 { }") == 130)
  }

  @Test func `what calls itself for ever is stopped`() {
    for line in ["function f { f }; f", "alias f f; f", "function f { repeat 1 { f } }; f"] {
      let session = TestShell()
      #expect(session.run(line) == 1)
      #expect(session.host.errors.contains("nested"), "\(line)")
    }
  }

  @Test func `the parts of a block are found, or what is wrong with it, whatever is typed`() {
    var random = RandomSource(seed: 20_261_130)
    let pieces = [
      "{", "}", "'", "\"", "\\", "#", "$", "${", " ", "\n", ";", "else", "if", "repeat", "2",
      "echo",
      "&&", "||", "|", ">", "for", "in", "while", "true", "é", "=",
    ]
    for _ in 0..<20_000 {
      let count = Int.random(in: 1...12, using: &random)
      var line = ["repeat 1 ", "if true ", "function f "].randomElement(using: &random) ?? ""
      for _ in 0..<count { line += pieces.randomElement(using: &random) ?? "" }
      guard let list = try? CommandList(parsing: line) else { continue }
      for entry in list.entries {
        guard let last = entry.command.words.last, entry.command.words.count == 2,
          case .plain(let name) = entry.command.words[0].content, BlockWords.all.contains(name)
        else { continue }
        let start = entry.command.words[0].range.upperBound
        guard let block = try? Block(line, in: start..<last.range.upperBound) else { continue }
        #expect(block.head.upperBound < block.body.lowerBound)
        #expect(block.body.upperBound < last.range.upperBound, "\(line.debugDescription)")
        if let otherwise = block.otherwise {
          #expect(otherwise.lowerBound > block.body.upperBound)
          #expect(otherwise.upperBound <= last.range.upperBound)
        }
      }
    }
  }

  @Test func `unfinished blocks ask for more lines, and finished ones do not`() {
    for (lines, isOpen) in [
      (["repeat 2 {"], true), (["repeat 2 {", "}"], false), (["repeat 2 { echo '{'"], true),
      (["repeat 2 {", "echo '}'"], true), (["repeat 2 {", "echo \\}"], true),
      (["repeat 2 {", "# }"], true), (["repeat 2 {", "echo ${x}"], true),
      (["repeat 2 {", "echo $# }"], false), (["if true {", "} else {"], true),
      (["if true {", "} else {", "}"], false),
      // A backslash at the end of a line.
      (["echo a \\"], true), (["echo a \\", "b"], false), (["echo a \\", "b \\"], true),
      (["echo a \\\\"], false), (["echo 'a \\"], false), (["echo # \\"], false),
      (["echo a; \\", "repeat 2 {"], true), (["echo a; \\", "repeat 2 {", "}"], false),
    ] {
      var blocks = OpenBlocks(lines[0])
      var text = lines[0]
      for line in lines.dropFirst() { blocks?.add(line, to: &text) }
      #expect((blocks?.isOpen ?? false) == isOpen, "\(lines)")
    }
  }

  // MARK: - Filters

  @Test(arguments: [
    ("ps | grep spin", "  1  spin   ready       -    0\n"),
    ("ps | grep -v ready", "TID  NAME   STATE  PARENT  RAN  DETAIL\n"),
    ("ps | grep -i SPIN | count", "1\n"), ("ps | head 1 | grep TID | count", "1\n"),
    ("ps | tail 1", "  3  hello  ready       -    0\n"), ("ps | tail 0", ""),
    ("ps | count", "4\n"), ("ps | sort -n -r | head 1", "  3  hello  ready       -    0\n"),
    ("echo b | sort", "b\n"), ("for x in c a b { echo $x } | sort", "a\nb\nc\n"),
    ("for x in 10 9 -8 { echo $x } | sort -n", "-8\n9\n10\n"),
  ])
  func `results go through filters`(_ line: String, _ expected: String) {
    let session = TestShell()
    session.type("spawn spin; spawn count; spawn hello")
    #expect(session.type(line) == expected)
  }

  @Test func `what is wrong with a filter is said, and nothing runs`() {
    let session = TestShell()
    for (line, told) in [
      ("echo a | nosuch", "there is no filter 'nosuch'"),
      ("echo a | grep", "grep needs a text"),
      ("echo a | head x", "must be a whole number"),
      ("echo a | count 3", "does not take '3'"),
      ("echo a | heda", "did you mean `head`?"), ("ps |", "no command after `|`"),
    ] {
      #expect(session.type(line).contains(told), "\(line)")
    }
    #expect(session.type("ps").contains("no tasks"))
    #expect(session.type("kill 9 x | count").contains("no task is called 'x'"))
  }

  // MARK: - Short words

  @Test func `each command is found by every beginning that no other has`() {
    let table = CommandTable.all
    for name in table.names {
      #expect(table.command(named: name)?.manual.name == name)
      for length in 1..<name.count {
        let start = String(name.prefix(length))
        let found = table.command(named: start)?.manual.name
        let candidates = table.commands(beginningWith: start)
        if table.command(exactly: start) != nil { continue }
        if let alias = CommandAliases.all[start] {
          #expect(found == alias)
        } else {
          #expect(found == (candidates.count == 1 ? candidates[0] : nil), "\(start)")
        }
      }
    }
  }

  @Test func `the letters of gdb stand for commands, and no alias hides one`() {
    for (word, name) in CommandAliases.all {
      #expect(CommandTable.all.command(exactly: word) == nil)
      #expect(CommandTable.all.command(named: word)?.manual.name == name)
    }
  }

  // MARK: - Names of tasks

  @Test func `a name stands for one task, or for all of that name where several can be meant`() {
    let session = TestShell()
    session.type("spawn spin; spawn count 9; spawn count 9; spawn clock; step 4; kill 4")
    #expect(session.type("info spin").contains("1 spin"))
    #expect(session.type("info clock").contains("4 clock"))
    let text = session.type("info count")
    #expect(text.contains("2 tasks are called 'count'") && text.contains("2, 3"))
    #expect(session.type("kill count") == "task 2 killed\ntask 3 killed\n")
    #expect(session.type("spawn -n 3 hello; kill 5..6").hasSuffix("task 5 killed\ntask 6 killed\n"))
    #expect(session.type("kill 9..5").contains("9 is after 5"))
    #expect(session.type("stop all") == "task 1 stopped\ntask 7 stopped\n")
    #expect(session.type("kill all; kill all").hasSuffix("nothing to do\n"))
    #expect(session.type("why spni").contains("no task is called 'spni'"))
  }

  // MARK: - Files

  @Test func `results go to files, as they are shown`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/results"
    let session = TestShell()
    session.type("spawn count 2; run")
    let shown = session.type("ps -a")
    #expect(session.type("ps -a > \(path)") == "")
    #expect(try text(path) == shown)
    session.type("echo more >> \(path); echo '>' x >>\(path)")
    #expect(try text(path) == shown + "more\n> x\n")
    session.type("spawn count 1; run > \(path)")
    #expect(try text(path).hasPrefix("[2] 1\nall finished"))
    #expect(session.type("nosuch > \(path)x").contains("no command"))
    #expect(session.type("kill > \(path)").contains("kill needs"))
    #expect(try text(path) == "")
    #expect(session.type("ps > \(folder.path)").contains("cannot write"))
    #expect(session.type("ps >").contains("needs a file"))
    #expect(session.type("ps > a b").contains("nothing can follow"))
    #expect(session.type("assert 2 > 1") == "")
    #expect(session.type("when tick > 1").contains("since tick"))
  }

  @Test func `a sandbox writes no results to files`() throws {
    let folder = try TemporaryFolder()
    var settings = Settings()
    settings.isSandboxed = true
    let session = TestShell(settings)
    #expect(session.type("ps > \(folder.path)/x").contains("a sandbox has no files"))
    #expect(folder.names().isEmpty)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }
}
