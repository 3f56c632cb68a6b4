package import CorosKernel
import CorosLanguage
import CorosSession

/// The reference of Coros, as sections of blocks: what there is to tell, and not how it is laid out.
///
/// All of it comes from the tables that the shell itself works with, so that it cannot say anything else:
/// `CommandTable`, `KnownPolicy`, the catalogue of programs, and what the program tells of its own command
/// line. `MarkdownReference` and `ManualPage` write it.
package struct ReferencePage: Sendable {
  /// A heading, and what stands below it.
  struct Section: Sendable {
    let title: String
    /// 1 for what the page is divided into, 2 within that, 3 for a command.
    let level: Int
    /// How a command is typed.
    var usage: String?
    let blocks: [Block]
  }

  /// A piece of a section.
  ///
  /// In its texts, backticks stand around what one types or reads as it is.
  enum Block: Sendable {
    case paragraph(String)
    /// Lines that are not to be broken.
    case literal([String])
    /// Terms, each as one types it, with what they mean.
    case terms([(term: String, text: String)])
    /// Keys of JSON.
    case keys([ResultKey.Row])
    /// What a command prints, too long for the lines of a manual page.
    case example([String])
  }

  let program: ProgramManual
  let sections: [Section]

  /// Gathers the reference.
  ///
  /// - Parameters:
  ///   - program: What the program tells of itself.
  ///   - catalogue: The programs that can be spawned.
  ///   - examples: What the demonstration of each command prints, by its name.
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
              "These can be spawned; `programs NAME` tells what one learns by stepping each."
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

  /// Paragraphs and lines that are not to be broken, from a text as `help` has it.
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

  /// A few words as a sentence: with a capital and a full stop.
  static func sentence(_ words: String) -> String {
    guard let first = words.first else { return "" }
    return first.uppercased() + words.dropFirst() + (words.hasSuffix(".") ? "" : ".")
  }

  private static func lowercased(_ words: String) -> String {
    words.prefix(1).lowercased() + words.dropFirst()
  }
}
