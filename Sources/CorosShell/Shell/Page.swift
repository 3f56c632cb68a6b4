import CorosLanguage

/// Which rows of a long listing are wanted: `-n ROWS`, and `-p PAGE` for those after the first.
///
/// A person is shown the first hundred unless asked otherwise, at a prompt and in a script alike; a
/// program that reads JSON gets all.
struct Page {
  /// How many rows a page has; `Int.max` for all there are.
  let rows: Int
  /// Which page, from 1.
  let number: Int
  /// The command without these options, for the way to the other pages.
  private let command: String
  private let isSizeAsked: Bool

  static let standardRows = 100
  /// What the reference tells of all listings that can be long.
  static let notes = """
    A program that reads JSON gets all rows, unless -n or -p says otherwise. They are written as they are \
    found: even a million take no memory.
    """

  /// How the options are typed.
  static let usage = "[-n ROWS|all] [-p PAGE]"

  /// The rows before the page.
  private var skipped: Int {
    let (count, isTooMany) = rows.multipliedReportingOverflow(by: number - 1)
    return isTooMany ? .max : count
  }

  /// Whether a row is on the page, by its place in the whole listing, from 0.
  func contains(_ row: Int) -> Bool {
    row >= skipped && row - skipped < rows
  }

  /// Whether the page is full when so many rows have been found.
  func isFull(after found: Int) -> Bool {
    found > skipped && found - skipped >= rows
  }

  /// What is said below a page of so many rows in all; empty when nothing is left out.
  func footer(total: Int, _ noun: String = "task") -> String {
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

  /// Takes the options out of the arguments of a command.
  ///
  /// - Parameters:
  ///   - invocation: The command; the options are gone from it afterwards.
  ///   - isJSON: Whether it is a program that reads.
  ///   - manual: The command's, for how it is typed.
  /// - Throws: What is wrong with the options.
  init(
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
