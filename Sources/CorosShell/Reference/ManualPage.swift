import CorosLanguage
import CorosSession

/// The reference as a manual page, for `man`: roff with the macros of man(7).
///
/// Only such requests are used as both groff and mandoc know. Text of all kinds is safe: what roff would take
/// for its own is escaped, and what is not ASCII is named by its code.
package struct ManualPage {
  private let page: ReferencePage

  package init(_ page: ReferencePage) {
    self.page = page
  }

  /// The whole page.
  package var text: String {
    let program = page.program
    let source = "\(program.name) \(program.version)"
    let title = [program.name.uppercased(), "1", program.date, source].map { "\"\($0)\"" }
    let name = Self.escaped(program.name + " - " + program.summary.prefix { $0 != "." })
    var lines = [
      #".\" Written by `coros --reference man`."#, ".TH " + title.joined(separator: " "),
      ".SH NAME", name,
      ".SH SYNOPSIS", ".nf",
    ]
    lines += program.usages.map { Self.bold($0.usage) } + [".fi"]
    lines += Self.section("Description", [.paragraph(program.description), program.usageTerms])
    lines += Self.section("Options", [program.optionTerms])
    lines += page.sections.flatMap(Self.text)
    lines += Self.section(
      "Examples",
      program.examples.flatMap { [.paragraph($0.meaning), .literal([$0.typed])] }
    )
    return Self.tidied(lines).map { $0 + "\n" }.joined()
  }

  /// A heading leaves room for a paragraph by itself.
  private static func tidied(_ lines: [String]) -> [String] {
    zip([""] + lines, lines).compactMap { before, line in
      line == ".PP" && before.hasPrefix(".S") ? nil : line
    }
  }

  private static func section(_ title: String, _ blocks: [ReferencePage.Block]) -> [String] {
    text(ReferencePage.Section(title: title, level: 1, blocks: blocks))
  }

  /// A section; what belongs to a command is indented below how that is typed.
  private static func text(_ section: ReferencePage.Section) -> [String] {
    let blocks = section.blocks.flatMap(text)
    return switch section.level {
    case 1: [".SH " + quoted(section.title.uppercased())] + blocks
    case 2: [".SS " + quoted(section.title)] + blocks
    default: [".PP", bold(section.usage ?? section.title), ".RS 4"] + blocks + [".RE"]
    }
  }

  private static func text(_ block: ReferencePage.Block) -> [String] {
    switch block {
    case .paragraph(let text): [".PP"] + marked(text)
    case .literal(let lines): [".PP", ".RS 4", ".nf"] + lines.map(line) + [".fi", ".RE"]
    case .terms(let terms): terms.flatMap { [".TP", bold($0.term)] + marked($0.text) }
    case .keys(let rows):
      [".RS 4"]
        + rows.flatMap { [".TP", bold($0.path)] + marked("\($0.type); \($0.meaning)") } + [".RE"]
    // Lines of hundreds of characters are for pages that scroll.
    case .example: []
    }
  }

  // MARK: Escapes

  /// A line as it is.
  private static func line(_ text: String) -> String {
    text.isEmpty ? ".sp" : guarded(escaped(text))
  }

  /// An argument of a macro.
  private static func quoted(_ text: String) -> String {
    "\"" + escaped(text) + "\""
  }

  /// Text in bold, through an escape: the macro for it would read its quotes.
  private static func bold(_ text: some StringProtocol) -> String {
    "\\fB" + escaped(text) + "\\fR"
  }

  /// A paragraph, with what stands in backticks in bold.
  private static func marked(_ text: String) -> [String] {
    let pieces = text.split(separator: "`", omittingEmptySubsequences: false)
    let escapedText = pieces.enumerated().map { index, piece in
      index.isMultiple(of: 2) ? escaped(piece) : bold(piece)
    }.joined()
    return TextFlow.lines(of: escapedText, width: 79).map(guarded)
  }

  /// A line whose first character makes it no request.
  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") ? "\\&" + line : line
  }

  /// The characters as they are, and no others: roff reads quotes, dashes and accents as those of a typesetter.
  private static func escaped(_ text: some StringProtocol) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\e"
      case "-": "\\-"
      case "'": "\\(aq"
      case "`": "\\(ga"
      case "\"": "\\(dq"
      case "^": "\\(ha"
      case "~": "\\(ti"
      case _ where !scalar.isASCII: "\\[u" + hexadecimal(scalar.value) + "]"
      default: String(scalar)
      }
    }.joined()
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
