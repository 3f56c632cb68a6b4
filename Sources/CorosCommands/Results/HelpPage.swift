import CorosLanguage
import CorosSession
import CorosShell

/// The page of `help` about a command.
struct HelpPage: ResultObject {
  let manual: Manual
  /// The lines of JSON that the command may print.
  let lines: [ResultLine]

  init(_ command: any ShellCommand.Type) {
    manual = command.manual
    lines = command.lines
  }

  static let fields: [ResultField<Self>] = [
    .text("name", "its name", \.manual.name),
    .text("usage", "how to type it", \.manual.usage),
    .text("summary", "what it does", \.manual.summary),
    .text("details", "more about it", \.manual.details),
    .objects("options", "the options that begin with two dashes", \.manual.options),
    .text("example", "a line to try", \.manual.example),
    .texts("see_also", "other commands", \.manual.seeAlso),
    ResultField(
      "results",
      .list(.objects(ResultKey.Row.keys)),
      "the keys of each line that it may print with `--json`"
    ) { .array($0.lines.map { .array($0.keys.flatMap { $0.rows() }.map(\.json)) }) },
  ]

  func text(in look: Look) -> String {
    let style = look.style
    let related = manual.seeAlso.map { style.paint($0, .name) }.joined(separator: ", ")
    return "\(style.paint(manual.usage, .name))\n  \(manual.summary)\n\n"
      + TextFlow.wrapped(manual.details, width: look.width, indent: "  ")
      + options(look)
      + "\n  \(style.paint("try", .heading))       \(style.paint(manual.example, .name))\n"
      + "  \(style.paint("see also", .heading))  \(related)\n"
      + keys(look)
  }

  /// The keys printed with `--json`; the reference explains them.
  private func keys(_ look: Look) -> String {
    let alternatives = lines.map { $0.keys.map(\.name).joined(separator: ", ") }
    let margin = "  json      "
    let text = TextFlow.wrapped(
      alternatives.joined(separator: "; or "),
      width: look.width,
      indent: String(repeating: " ", count: margin.count)
    )
    return "  \(look.style.paint("json", .heading))      " + text.dropFirst(margin.count)
  }

  private func options(_ look: Look) -> String {
    guard !manual.options.isEmpty else { return "" }
    return "\n"
      + TextFlow.glossary(
        manual.options.map { ($0.usage, $0.summary) },
        titleWidth: manual.options.map(\.usage.count).max() ?? 0,
        width: look.width,
        paint: { look.style.paint($0, .name) }
      )
  }
}

extension Manual.Option: ResultObject {
  static let fields: [ResultField<Self>] = [
    .text("usage", "how to type it", \.usage),
    .text("summary", "what it does", \.summary),
  ]
}
