import CorosExports
import CorosLanguage
import CorosSession

/// A long listing on its way out: rows are written as they are found, and only a few are held.
///
/// The first rows are out before the last task was looked at, and memory does not grow with their number;
/// the columns of a table may grow a little wider on the way. Ctrl-C ends the listing.
struct Listing {
  private let shell: Shell
  private let page: Page
  private var table: TextTable
  /// How many there are that belong to the listing, on the page or not.
  private(set) var found = 0
  private var looked = 0
  private var json = ""
  private var hasElements = false

  /// At most so many rows are held, or so many tasks passed over while there are any.
  private static let patience = (rows: 1_000, looks: 10_000)

  /// Begins a listing.
  ///
  /// - Parameters:
  ///   - page: What is wanted of it.
  ///   - head: The members before the list.
  ///   - key: The name of the list.
  ///   - columns: The table's.
  ///   - shell: Where it goes.
  init(
    _ page: Page,
    head: JSON,
    list key: String,
    columns: [TextTable.Column] = [],
    in shell: Shell
  ) {
    self.shell = shell
    self.page = page
    table = TextTable(columns, style: shell.style)
    shell.monitor.flush()
    guard shell.settings.isJSON else { return }
    json = head.text
    json.removeLast()
    json += ",\"\(key)\":["
  }

  /// Whether the rest of the listing can only be counted.
  var isFull: Bool { page.isFull(after: found) }

  /// Adds what was found, if it is on the page.
  mutating func add(json element: @autoclosure () -> JSON, row: @autoclosure () -> [TextTable.Cell])
  {
    defer { found += 1 }
    guard page.contains(found) else { return }
    if !shell.settings.isJSON { return table.append(row()) }
    if hasElements { json += "," }
    hasElements = true
    element().write(into: &json)
  }

  /// Notes that one more was looked at, and writes what has gathered now and then.
  mutating func look() throws(CommandFailure) {
    looked += 1
    let isDue = looked.isMultiple(of: Self.patience.looks)
    if isDue || table.rowCount >= Self.patience.rows || json.utf8.count > 1 << 16 { write() }
    if isDue, shell.isInterrupted {
      end([:])
      throw shell.interruption
    }
  }

  /// Adds a row that is in the table only, whatever the page.
  mutating func addBelow(_ row: [TextTable.Cell]) {
    if !shell.settings.isJSON { table.append(row) }
  }

  /// Ends the listing.
  ///
  /// - Parameters:
  ///   - tail: The members after the list.
  ///   - footer: What is said below the table.
  mutating func end(_ tail: JSON, footer: String = "") {
    guard shell.settings.isJSON else {
      write()
      shell.output.write(shell.style.paint(footer, .faint))
      return
    }
    let members = tail.text.dropFirst()
    json += members == "}" ? "]}\n" : "]," + members + "\n"
    write()
  }

  private mutating func write() {
    shell.output.write(shell.settings.isJSON ? json : table.takeText())
    json.removeAll(keepingCapacity: true)
    shell.output.flush()
  }
}
