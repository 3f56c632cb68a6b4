package import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

/// The reference of Coros, as sections of blocks: the content, without its layout.
///
/// All of it comes from the tables that the shell itself uses, so it cannot disagree with the shell:
/// `CommandTable`, `KnownPolicy`, the catalogue of programs, and the program's description of its command
/// line. `MarkdownReference` and `ManualPage` write it.
package struct ReferencePage: Sendable {
  /// A heading, and the blocks below it.
  struct Section: Sendable {
    let title: String
    /// 1 for the main divisions of the page, 2 within them, 3 for a command.
    let level: Int
    /// The usage, for a command.
    var usage: String?
    let blocks: [Block]
  }

  /// A part of a section.
  ///
  /// In its texts, backticks enclose literal input and output.
  enum Block: Sendable {
    case paragraph(String)
    /// Lines that must not be wrapped.
    case literal([String])
    /// Terms as typed, and their meanings.
    case terms([(term: String, text: String)])
    /// Keys of JSON.
    case keys([ResultKey.Row])
    /// The output of a command, too long for the lines of a manual page.
    case example([String])
  }

  let program: ProgramManual
  let sections: [Section]

  /// Collects the reference.
  ///
  /// - Parameters:
  ///   - program: The program's description of itself.
  ///   - catalogue: The programs that can be spawned.
  ///   - examples: The output of each command's demonstration, by command name.
  package init(
    program: ProgramManual,
    catalogue: Catalogue,
    examples: [String: Demonstration] = [:]
  ) {
    self.program = program
    sections =
      [Section(title: "Commands", level: 1, blocks: [.paragraph(Self.introduction)])]
      + Manual.Group.allCases.flatMap { Self.commands($0, examples) }
      + [
        Self.otherLines(),
        Self.policies(),
        Section(
          title: "Programs",
          level: 1,
          blocks: [
            .paragraph(
              "These can be spawned; `programs NAME` says what you learn by stepping each."
            ),
            .terms(catalogue.programs.map { ($0.usage, Self.sentence($0.summary)) }),
          ]
        ),
      ]
      + program.sections
  }

  private static let introduction = """
    `help` lists the commands and `help COMMAND` explains one. With `--json` each result is one object on \
    one line of standard output, which begins with the key `command`, the command's name; the keys after it \
    are below, in their order. They are stable. More may be added, so ignore those that you do not know.
    """

  // MARK: Commands

  private static func commands(
    _ group: Manual.Group,
    _ examples: [String: Demonstration]
  ) -> [Section] {
    [Section(title: group.rawValue, level: 2, blocks: [])]
      + CommandTable.all.entries.filter { $0.manual.group == group }.map { command in
        Section(
          title: command.manual.name,
          level: 3,
          usage: command.manual.usage,
          blocks: blocks(command, examples[command.manual.name])
        )
      }
  }

  private static func blocks(
    _ command: any ShellCommand.Type,
    _ example: Demonstration?
  ) -> [Block] {
    let (manual, reference) = (command.manual, command.reference)
    var blocks = [.paragraph(sentence(manual.summary))] + prose(manual.details)
    if !manual.options.isEmpty {
      blocks.append(.terms(manual.options.map { ($0.usage, sentence($0.summary)) }))
    }
    blocks += prose(reference.notes)
    for (index, line) in command.lines.enumerated() {
      let occasion = index == 0 ? "With `--json`" : "Or"
      let when = line.occasion.isEmpty ? ":" : ", " + lowercased(line.occasion)
      blocks += [.paragraph(occasion + when), .keys(line.keys.flatMap { $0.rows() })]
    }
    if let example {
      if !example.before.isEmpty {
        let before = example.before.map { "`\($0)`" }.joined(separator: " and ")
        blocks.append(.paragraph("After \(before):"))
      }
      blocks.append(.example(example.lines))
    }
    let related = manual.seeAlso.map { "`\($0)`" }.joined(separator: ", ")
    return blocks + [.paragraph("See also \(related).")]
  }

  private static func otherLines() -> Section {
    Section(
      title: "Lines of JSON that are no command's result",
      level: 2,
      blocks: ResultLine.others.flatMap { line in
        [.paragraph(line.occasion), .keys(line.keys.flatMap { $0.rows() })]
      }
    )
  }

  private static func policies() -> Section {
    Section(
      title: "Policies",
      level: 1,
      blocks: [
        .paragraph(
          """
          For `policy`, with a blank before each setting; for `--policy`, `compare` and `quiz` it is \
          `NAME:KEY=VALUE,...`. Each setting is shown with its default.
          """
        ),
        .terms(KnownPolicy.all.map { ($0.usage, sentence($0.summary)) }),
      ]
    )
  }

  // MARK: Texts

  /// Paragraphs and preformatted lines, from a text of `help`.
  static func prose(_ text: String) -> [Block] {
    var blocks: [Block] = []
    var literal: [String] = []
    func endLiteral() {
      while literal.last == "" { literal.removeLast() }
      if !literal.isEmpty { blocks.append(.literal(literal)) }
      literal = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("  ") {
        literal.append(String(line.dropFirst(2)))
      } else if line.isEmpty {
        if !literal.isEmpty { literal.append("") }
      } else {
        endLiteral()
        blocks.append(.paragraph(String(line)))
      }
    }
    endLiteral()
    return blocks
  }

  /// A few words as a sentence, with a capital and a full stop.
  static func sentence(_ words: String) -> String {
    guard let first = words.first else { return "" }
    return first.uppercased() + words.dropFirst() + (words.hasSuffix(".") ? "" : ".")
  }

  private static func lowercased(_ words: String) -> String {
    words.prefix(1).lowercased() + words.dropFirst()
  }
}
