import CorosLanguage
import CorosSession
import CorosShell

/// The reference as a manual page for `man`: roff with the macros of man(7).
///
/// It uses only requests that both groff and mandoc know. Any text is safe: characters special to roff are
/// escaped, and those outside ASCII are written by their code.
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

  /// Removes a paragraph request after a heading, which leaves space by itself.
  private static func tidied(_ lines: [String]) -> [String] {
    zip([""] + lines, lines).compactMap { before, line in
      line == ".PP" && before.hasPrefix(".S") ? nil : line
    }
  }

  private static func section(_ title: String, _ blocks: [ReferencePage.Block]) -> [String] {
    text(ReferencePage.Section(title: title, level: 1, blocks: blocks))
  }

  /// A section; the text about a command is indented below its usage.
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
    // Lines of hundreds of characters suit pages that scroll, not this one.
    case .example: []
    }
  }

  // MARK: Escapes

  /// A text line.
  private static func line(_ text: String) -> String {
    text.isEmpty ? ".sp" : guarded(escaped(text))
  }

  /// An argument of a macro.
  private static func quoted(_ text: String) -> String {
    "\"" + escaped(text) + "\""
  }

  /// Text in bold, by an escape: the macro for it would interpret quotes.
  private static func bold(_ text: some StringProtocol) -> String {
    "\\fB" + escaped(text) + "\\fR"
  }

  /// A paragraph, with text in backticks in bold.
  private static func marked(_ text: String) -> [String] {
    let pieces = text.split(separator: "`", omittingEmptySubsequences: false)
    let escapedText = pieces.enumerated().map { index, piece in
      index.isMultiple(of: 2) ? escaped(piece) : bold(piece)
    }.joined()
    return TextFlow.lines(of: escapedText, width: 79).map(guarded)
  }

  /// A line, guarded so that its first character does not make it a request.
  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") ? "\\&" + line : line
  }

  /// Escapes characters that roff would otherwise typeset differently: quotes, dashes and accents.
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
