import CorosLanguage
import CorosSession
import CorosShell

/// The reference as a page of Markdown, for readers on the web and for DocC.
package struct MarkdownReference {
  private let page: ReferencePage

  package init(_ page: ReferencePage) {
    self.page = page
  }

  /// The whole page.
  package var text: String {
    let heading = """
      # Reference

      Every command with its JSON, every policy and program, and the environment of \(page.program.name).

      <!-- Written by scripts/reference from the tables in Sources: change those, and run it. -->

      ## Overview

      \(Self.paragraph(page.program.description))

      For the syntax of lines see <doc:CommandLanguage>, for the files of `save` <doc:Journals>, and for those of `export`
      <doc:Exports>.
      """
    let options = ReferencePage.Section(
      title: "Command line",
      level: 1,
      blocks: [
        page.program.usageTerms, .paragraph("The options are:"), page.program.optionTerms,
      ]
    )
    return ([heading] + ([options] + page.sections).map(Self.text)).joined(separator: "\n\n") + "\n"
  }

  private static func text(_ section: ReferencePage.Section) -> String {
    // The page's title has level one, and DocC expects an overview of level two.
    let heading = String(repeating: "#", count: section.level + 1) + " " + section.title
    let usage = section.usage.map { [fenced([$0], "")] } ?? []
    return ([heading] + usage + section.blocks.map(text)).joined(separator: "\n\n")
  }

  private static func text(_ block: ReferencePage.Block) -> String {
    switch block {
    case .paragraph(let text): paragraph(text)
    case .literal(let lines): fenced(lines, "")
    case .example(let lines): fenced(lines, "console")
    case .terms(let terms):
      terms.map { paragraph("- `\($0.term)`: \($0.text)", indent: "  ") }.joined(separator: "\n")
    case .keys(let rows): table(rows)
    }
  }

  private static func fenced(_ lines: [String], _ language: String) -> String {
    "```\(language)\n" + lines.map { $0 + "\n" }.joined() + "```"
  }

  private static func table(_ rows: [ResultKey.Row]) -> String {
    "| key | type | meaning |\n|---|---|---|\n"
      + rows.map { row in
        "| `\(row.path)` | \(row.type) | "
          + escaped(row.meaning).replacing("|", with: "\\|") + " |"
      }.joined(separator: "\n")
  }

  // MARK: Text

  /// A paragraph in lines that give small differences when it changes.
  private static func paragraph(_ text: String, indent: String = "") -> String {
    TextFlow.lines(of: escaped(text), width: 120) { word in
      // A word that would begin a list, a quotation or a heading stays on the previous line.
      word.first?.isLetter == true || word.first == "`"
    }.joined(separator: "\n" + indent)
  }

  /// The text with the special characters of Markdown escaped, except in backticks.
  private static func escaped(_ text: String) -> String {
    var result = ""
    var isCode = false
    for character in text {
      if character == "`" { isCode.toggle() }
      if !isCode, "\\*_<[".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }
}
