import CorosLanguage
import CorosSession

/// The output of a long listing: rows are written as they are found, and only a few are held in memory.
///
/// The first rows appear before the last task has been looked at, and memory does not grow with the number of
/// rows. In exchange, the columns of a table may grow wider along the way. Ctrl-C ends the listing.
package struct Listing<Result: ListingResult> {
  private let shell: Shell
  private let page: Page
  /// The values after the rows are read from it when the listing ends.
  package var result: Result
  private var table: TextTable
  /// The number of rows found, on the page or not.
  package private(set) var found = 0
  private var looked = 0
  private var json = ""
  private var lines = ""
  private var hasElements = false

  /// The maximum number of rows to hold, and of tasks to pass over, before writing.
  private var patience: (rows: Int, looks: Int) { (1_000, 10_000) }

  /// Begins a listing.
  ///
  /// - Parameters:
  ///   - command: The name of the command.
  ///   - result: The values before the rows.
  ///   - page: The rows to show.
  ///   - shell: The shell that prints it.
  package init(of command: String, _ result: Result, _ page: Page, in shell: Shell) {
    self.shell = shell
    self.page = page
    self.result = result
    table = TextTable(Result.Row.columns, style: shell.style)
    shell.monitor.flush()
    guard shell.settings.isJSON else { return }
    json = "{"
    write([("command", .string(command))] + members(Result.head))
    json += ",\"\(Result.list.key)\":["
  }

  /// Whether the remaining rows only need to be counted.
  package var isFull: Bool { page.isFull(after: found) }

  /// Adds a row, if it is on the page.
  package mutating func add(_ row: @autoclosure () -> Result.Row) {
    defer { found += 1 }
    guard page.contains(found) else { return }
    if !shell.settings.isJSON { return table.append(row().cells) }
    if hasElements { json += "," }
    hasElements = true
    row().write(into: &json)
  }

  /// Writes the collected rows if there are many.
  package mutating func writeIfDue() {
    if table.rowCount >= patience.rows || json.utf8.count + lines.utf8.count > 1 << 16 { write() }
  }

  /// Counts a task that was looked at, and writes the collected rows from time to time.
  package mutating func look() throws(CommandFailure) {
    looked += 1
    let isDue = looked.isMultiple(of: patience.looks)
    if isDue { write() } else { writeIfDue() }
    if isDue, shell.isInterrupted {
      end([])
      throw shell.interruption
    }
  }

  /// Adds a line that only a person sees, whatever the page.
  package mutating func addLine(_ line: String) {
    guard !shell.settings.isJSON else { return }
    lines += line
    lines += "\n"
  }

  /// Adds a row to the table only, whatever the page.
  package mutating func addBelow(_ cells: [TextTable.Cell]) {
    if !shell.settings.isJSON { table.append(cells) }
  }

  /// Ends the listing.
  ///
  /// - Parameter text: The text below the table; its last line with or without a newline.
  package mutating func end(_ text: (Look) -> String = { _ in "" }) {
    end(members(Result.tail))
    if !shell.settings.isJSON {
      shell.output.writeLines(shell.console.wrapped(text(shell.look), shell.style))
    }
  }

  private mutating func end(_ tail: [(String, JSON)]) {
    if shell.settings.isJSON {
      json += "]"
      if !tail.isEmpty { json += "," }
      write(tail)
      json += "}\n"
    }
    write()
  }

  private func members(_ fields: [ResultField<Result>]) -> [(String, JSON)] {
    fields.compactMap { field in field.value(result).map { (field.key.name, $0) } }
  }

  /// Writes members of the object, with commas between them.
  private mutating func write(_ members: [(String, JSON)]) {
    json += JSON.object(members).text.dropFirst().dropLast()
  }

  private mutating func write() {
    shell.output.write(
      shell.settings.isJSON
        ? json : shell.console.wrapped(table.takeText() + lines, shell.style)
    )
    json.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    shell.output.flush()
  }
}
