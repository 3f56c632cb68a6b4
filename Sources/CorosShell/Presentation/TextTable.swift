import CorosLanguage
import CorosSession

/// Aligns cells in columns by their width on a terminal.
package struct TextTable {
  package enum Alignment {
    case left
    case right
  }

  package struct Column {
    package let title: String
    let alignment: Alignment
    /// Whether it is left out as long as nothing stands in it.
    package let isOptional: Bool

    package init(_ title: String, _ alignment: Alignment = .left, isOptional: Bool = false) {
      self.title = title
      self.alignment = alignment
      self.isOptional = isOptional
    }
  }

  package struct Cell: ExpressibleByStringLiteral {
    package let text: String
    package let role: Style.Role

    package init(_ text: String, _ role: Style.Role = .plain) {
      // Makes a cell one printable line, whatever the name of a task: no cell may move the cursor.
      self.text =
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        ? text : text.map { printable($0).text }.joined()
      self.role = role
    }

    package init(stringLiteral value: String) {
      self.init(value)
    }

    package init(_ number: Int?) {
      self.init(number.map { String($0) } ?? "-")
    }

    package var width: Int {
      text.utf8.allSatisfy { $0 < 0x80 }
        ? text.utf8.count : text.reduce(0) { $0 + $1.displayWidth }
    }
  }

  private let columns: [Column]
  private let style: Style
  private var rows: [[Cell]] = []
  private var widths: [Int]
  private var hasHeading = false
  /// The columns that are left out.
  private var isLeftOut: [Bool]

  package init(_ columns: [Column], style: Style) {
    self.columns = columns
    self.style = style
    widths = columns.map(\.title.count)
    isLeftOut = columns.map(\.isOptional)
  }

  /// The number of rows not yet taken.
  var rowCount: Int { rows.count }

  package mutating func append(_ row: [Cell]) {
    rows.append(row)
  }

  /// Takes the rows so far, with a heading before the first of all; each line has its newline.
  ///
  /// Later rows align with them, unless they need wider columns.
  package mutating func takeText() -> String {
    guard !rows.isEmpty else { return "" }
    for row in rows {
      for (index, cell) in row.enumerated() {
        widths[index] = max(widths[index], cell.width)
        if !cell.text.isEmpty { isLeftOut[index] = false }
      }
    }
    var result = hasHeading ? "" : line(columns.map { Cell($0.title, .heading) })
    hasHeading = true
    for row in rows { result += line(row) }
    rows.removeAll(keepingCapacity: true)
    return result
  }

  /// A line, without padding after its last cell with content.
  private func line(_ cells: [Cell]) -> String {
    var result = ""
    var gap = 0
    for (index, cell) in cells.enumerated() where !isLeftOut[index] {
      let padding = max(0, widths[index] - cell.width)
      let (before, after) = columns[index].alignment == .left ? (0, padding) : (padding, 0)
      gap += before
      if !cell.text.isEmpty {
        result += String(repeating: " ", count: gap) + style.paint(cell.text, cell.role)
        gap = 0
      }
      gap += after + 2
    }
    return result + "\n"
  }
}
