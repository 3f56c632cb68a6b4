import CorosLanguage

/// The selected rows of a long listing: `-n ROWS`, and `-p PAGE` for later ones.
///
/// Default: the first hundred rows as text, at a prompt and in a script alike; all rows as JSON.
package struct Page {
  /// The number of rows of a page; `Int.max` for all.
  package let rows: Int
  /// The number of the page, from 1.
  package let number: Int
  /// The command without these options, for the hints about other pages.
  private let command: String
  private let isSizeAsked: Bool

  static let standardRows = 100
  /// The reference's note about all long listings.
  package static let notes = """
    A program that reads JSON gets all rows, unless -n or -p says otherwise. They are written as they are \
    found, so even a million rows take no memory.
    """

  /// The usage of the options.
  package static let usage = "[-n ROWS|all] [-p PAGE]"

  /// The number of rows before the page.
  private var skipped: Int {
    let (count, isTooMany) = rows.multipliedReportingOverflow(by: number - 1)
    return isTooMany ? .max : count
  }

  /// Whether a row is on the page, by its position in the whole listing, from 0.
  package func contains(_ row: Int) -> Bool {
    row >= skipped && row - skipped < rows
  }

  /// Whether the page is full once that many rows have been found.
  package func isFull(after found: Int) -> Bool {
    found > skipped && found - skipped >= rows
  }

  /// The text below a page; empty if nothing is left out.
  package func footer(total: Int, _ noun: String = "task") -> String {
    if total > 0, skipped >= total {
      let last = (total - 1) / rows + 1
      return "there are only \(counted(total, noun)): `\(typed(page: last))` shows the last page\n"
    }
    guard isFull(after: total), total > skipped + rows else { return "" }
    return "and \(counted(total - skipped - rows, "more \(noun)", plural: "more \(noun)s")): "
      + "`\(typed(page: number + 1))` shows the next, `\(command) -n all` all\n"
  }

  private func typed(page: Int) -> String {
    command + (isSizeAsked ? " -n \(rows == .max ? "all" : "\(rows)")" : "")
      + (page == 1 ? "" : " -p \(page)")
  }

  /// Removes the options from the arguments of a command.
  ///
  /// - Parameters:
  ///   - invocation: The command; it loses the options.
  ///   - isJSON: Whether the reader is a program.
  ///   - manual: The command's page, for its usage.
  /// - Throws: What is wrong with the options.
  package init(
    from invocation: inout Invocation,
    isJSON: Bool,
    _ manual: Manual
  ) throws(CommandFailure) {
    var rest: [Argument] = []
    var (rows, number): (Int?, Int?)
    var index = 0
    while index < invocation.arguments.count {
      let argument = invocation.arguments[index]
      index += 1
      guard ["-n", "-p"].contains(argument.text) else {
        rest.append(argument)
        continue
      }
      guard index < invocation.arguments.count else {
        throw CommandFailure(
          "\(argument.text) needs a number",
          at: argument.range,
          hint: "usage: \(manual.usage)"
        )
      }
      if argument.text == "-p" {
        number = try invocation.integer(index, "the page", in: 1...1_000_000_000)
      } else if invocation.arguments[index].text == "all" {
        rows = .max
      } else {
        rows = try invocation.integer(index, "the number of rows", in: 1...1_000_000_000)
      }
      index += 1
    }
    invocation = Invocation(line: invocation.line, name: invocation.name, arguments: rest)
    isSizeAsked = rows != nil
    command = ([manual.name] + rest.map { quoted($0.text) }).joined(separator: " ")
    self.rows = rows ?? (isJSON && number == nil ? .max : Self.standardRows)
    self.number = number ?? 1
  }
}
