import CorosKernel
import Testing

@testable import CorosCommands
@testable import CorosInsight
@testable import CorosLanguage
@testable import CorosSession
@testable import CorosShell

/// The reference, and its layout as Markdown and for `man`, with texts of any kind.
@Suite struct ReferencePageTests {
  /// A program whose texts are all the given one.
  private func program(_ text: String) -> ProgramManual {
    ProgramManual(
      name: "tool",
      version: "1",
      date: "2026-12-31",
      summary: "A tool.",
      usages: [("tool", "nothing")],
      description: text,
      options: [],
      exitStatuses: [],
      variables: [],
      files: [],
      examples: [("tool", "Use it:")]
    )
  }

  private func manualPage(_ text: String) -> [String] {
    let page = ReferencePage(program: program(text), catalogue: Catalogue([]))
    let lines = ManualPage(page).text.split(separator: "\n").map { String($0) }
    let start = lines.firstIndex(of: #".SH "DESCRIPTION""#) ?? lines.endIndex
    return Array(lines[start...].dropFirst().prefix { !$0.hasPrefix(".") })
  }

  private func markdown(_ text: String) -> String {
    let page = ReferencePage(program: program(text), catalogue: Catalogue([]))
    let rest = MarkdownReference(page).text.split(separator: "## Overview\n\n")[1]
    return String(rest.split(separator: "\n\nFor the syntax of")[0])
  }

  @Test(arguments: [
    ("plain words", ["plain words"]),
    (".SH is no heading", ["\\&.SH is no heading"]),
    ("'quoted'", ["\\(aqquoted\\(aq"]),
    (#"a \n b"#, [#"a \en b"#]),
    ("--all and -a", [#"\-\-all and \-a"#]),
    ("the `ps -a` here", [#"the \fBps \-a\fR here"#]),
    (#"say "x" ~ ^"#, [#"say \(dqx\(dq \(ti \(ha"#]),
    ("3 → 4, 日本 🙂", [#"3 \[u2192] 4, \[u65E5]\[u672C] \[u1F642]"#]),
    (
      String(repeating: "word ", count: 16) + "... and so on",
      [String(repeating: "word ", count: 15) + "word", "\\&... and so on"]
    ),
  ])
  func `man shows the text unchanged`(text: String, lines: [String]) {
    #expect(manualPage(text) == lines)
  }

  @Test(arguments: [
    ("plain words", "plain words"),
    ("a * b _ c < d [e]", #"a \* b \_ c \< d \[e]"#),
    ("`a * b`", "`a * b`"),
    // A word that would begin a list is never the first of a line.
    (
      String(repeating: "word ", count: 24) + "- 1. # a b",
      String(repeating: "word ", count: 23) + "word - 1. #\na b"
    ),
    (
      String(repeating: "word ", count: 24) + "next",
      String(repeating: "word ", count: 23) + "word\nnext"
    ),
  ])
  func `Markdown shows the text unchanged`(text: String, expected: String) {
    #expect(markdown(text) == expected)
  }

  @Test func `the texts of help are paragraphs, and preformatted lines`() {
    let blocks = ReferencePage.prose("One.\nTwo:\n\n  a  b\n\n  c\n\nThree.\n  d")
    #expect(
      blocks.map { "\($0)" } == [
        #"paragraph("One.")"#, #"paragraph("Two:")"#, #"literal(["a  b", "", "c"])"#,
        #"paragraph("Three.")"#, #"literal(["d"])"#,
      ]
    )
  }

  @Test func `a key within a key is listed by its path`() {
    let key = ResultKey(
      "tasks",
      .objects([
        ResultKey("status", .orNull(.object([.sometimes("exited", .number, "how")])), "the end"),
        ResultKey("state", .word(["ready", "running"]), "what it does"),
        ResultKey("spans", .list(.list(.number)), "pairs"),
      ]),
      "all of them"
    )
    #expect(
      key.rows().map { "\($0.path) | \($0.type) | \($0.meaning)" } == [
        "tasks | list of objects | all of them",
        "tasks[].status | object or null | the end",
        "tasks[].status.exited | number | how",
        "tasks[].state | text | what it does: `ready`, `running`",
        "tasks[].spans | list of lists of numbers | pairs",
      ]
    )
  }

  @Test func `help lists what a command prints with --json`() {
    let session = TestShell()
    #expect(session.type("help set").hasSuffix("  json      name, value; or variables\n"))
    session.host.width = 40
    let lines = session.type("help info").split(separator: "\n").drop { !$0.hasPrefix("  json") }
    #expect(lines.count > 5 && lines.allSatisfy { $0.count <= 40 })
    #expect(lines.last?.hasSuffix("flags") == true)
  }

  @Test(arguments: CommandTable.all.names)
  func `each command has its own demonstration, and names only existing commands`(
    _ name: String
  ) throws {
    let command = try #require(CommandTable.all.command(named: name))
    let first = command.reference.demonstration.first { $0.hasPrefix(name) }
    #expect(first != nil)
    for other in command.manual.seeAlso { #expect(CommandTable.all.names.contains(other)) }
  }

  @Test func `help explains each function of conditions`() {
    let functions = MachineView(scheduler: Scheduler()).functions
    #expect(!functions.isEmpty)
    for function in functions { #expect(HelpTopic.expressions.text.contains(function + "(")) }
  }
}
