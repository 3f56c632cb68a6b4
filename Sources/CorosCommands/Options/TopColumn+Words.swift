import CorosLanguage
import CorosShell

extension TopColumn {
  /// The option of the commands that sort tasks.
  static let usage = "[--sort COLUMN]"

  /// Takes `--sort COLUMN` out of the words of a command.
  ///
  /// - Returns: The column; nil without the option.
  static func take(
    from invocation: inout Invocation,
    _ manual: Manual
  ) throws(CommandFailure) -> TopColumn? {
    guard let index = invocation.arguments.firstIndex(where: { $0.text == "--sort" }) else {
      return nil
    }
    let names = allCases.map(\.rawValue)
    guard index + 1 < invocation.arguments.count else {
      throw CommandFailure(
        "--sort needs a column",
        at: invocation.arguments[index].range,
        hint: "one of \(names.joined(separator: ", "))"
      )
    }
    let word = invocation.arguments[index + 1]
    let name = word.text.lowercased()
    guard let column = TopColumn(rawValue: others[name] ?? name) else {
      throw CommandFailure(
        "\(manual.name) has no column '\(excerpt(of: word.text))'",
        at: word.range,
        hint: Suggestion.question(for: name, among: names)
          ?? "one of \(names.joined(separator: ", "))"
      )
    }
    var words = invocation.arguments
    words.removeSubrange(index...index + 1)
    invocation = Invocation(line: invocation.line, name: invocation.name, arguments: words)
    return column
  }

  /// What else the columns are called in headings.
  private static let others = ["cpu%": "cpu", "ran": "run"]
}
