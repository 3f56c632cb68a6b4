import CorosShell

/// The program's description of its command line and environment: the single table from which `--help`, the
/// manual page and the completion scripts are made.
package struct ProgramManual: Sendable {
  package let name: String
  package let version: String
  /// The date of that version, such as 2026-12-31.
  package let date: String
  /// A sentence.
  package let summary: String
  /// The forms of the command line: the usage of each, and its meaning in a few words.
  package let usages: [(usage: String, meaning: String)]
  /// A paragraph or two.
  package let description: String
  package let options: [Option]
  package let exitStatuses: [(status: String, meaning: String)]
  package let variables: [(name: String, meaning: String)]
  package let files: [(path: String, meaning: String)]
  package let examples: [(typed: String, meaning: String)]

  package init(
    name: String,
    version: String,
    date: String,
    summary: String,
    usages: [(usage: String, meaning: String)],
    description: String,
    options: [Option],
    exitStatuses: [(status: String, meaning: String)],
    variables: [(name: String, meaning: String)],
    files: [(path: String, meaning: String)],
    examples: [(typed: String, meaning: String)]
  ) {
    self.name = name
    self.version = version
    self.date = date
    self.summary = summary
    self.usages = usages
    self.description = description
    self.options = options
    self.exitStatuses = exitStatuses
    self.variables = variables
    self.files = files
    self.examples = examples
  }

  /// An option of the command line.
  package struct Option: Sendable {
    /// The name, with its dashes.
    package let name: String
    /// An alternative name of a single letter.
    package let short: String?
    /// The value after it.
    package let value: Value
    /// A sentence about it.
    package let summary: String

    package init(
      _ name: String,
      short: String? = nil,
      _ summary: String,
      takes value: Value = .none
    ) {
      self.name = name
      self.short = short
      self.value = value
      self.summary = summary
    }

    /// The value of an option.
    package enum Value: Sendable {
      case none
      /// Any text, by this name.
      case any(String)
      /// One of these words, or a word that begins with one.
      case word(String, [String])

      /// The name of the value.
      package var name: String? {
        switch self {
        case .none: nil
        case .any(let name), .word(let name, _): name
        }
      }

      /// The possible words; none if any text is possible.
      package var words: [String] {
        if case .word(_, let words) = self { words } else { [] }
      }
    }

    /// How to type the option.
    package var usage: String {
      (short.map { "\($0), " } ?? "") + name + (value.name.map { " \($0)" } ?? "")
    }

    /// All its names.
    var names: [String] { (short.map { [$0] } ?? []) + [name] }
  }

  // MARK: In the reference

  var usageTerms: ReferencePage.Block {
    .terms(usages.map { ($0.usage, ReferencePage.sentence($0.meaning)) })
  }

  var optionTerms: ReferencePage.Block { .terms(options.map { ($0.usage, $0.summary) }) }

  /// The sections about the program's environment.
  var sections: [ReferencePage.Section] {
    [
      .init(
        title: "Exit status",
        level: 1,
        blocks: [.terms(exitStatuses.map { ($0.status, $0.meaning) })]
      ),
      .init(
        title: "Environment",
        level: 1,
        blocks: [.terms(variables.map { ($0.name, $0.meaning) })]
      ),
      .init(title: "Files", level: 1, blocks: [.terms(files.map { ($0.path, $0.meaning) })]),
    ]
  }
}
