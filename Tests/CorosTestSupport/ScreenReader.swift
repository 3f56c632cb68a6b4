/// The screen of a terminal after what a program has sent: enough of an xterm to test full-screen programs.
///
/// It implements the sequences in the terminfo entries of xterm and vt100 for moving, erasing, inserting,
/// deleting, scrolling, modes and character sets. It records unknown sequences, so that a test can fail.
package struct ScreenReader {
  /// One position of the screen; the second half of a wide character is empty.
  private struct Cell: Equatable {
    var text = " "
    var isMarked = false
    var isColored = false
  }

  package private(set) var columns: Int
  package private(set) var rows: Int
  /// Whether the cursor is visible.
  package private(set) var isCursorShown = true
  /// Whether the alternate screen, for full-screen programs, is shown.
  package private(set) var isAlternate = false
  /// Whether it reports what the mouse does.
  package private(set) var reportsMouse = false
  /// Unknown sequences.
  package private(set) var unknown: [String] = []
  /// How often the whole screen was erased.
  package private(set) var erasures = 0

  private var cells: [[Cell]]
  private var main: [[Cell]] = []
  private var (row, column) = (0, 0)
  // Each of the two screens has its own saved cursor.
  private var saved = (row: 0, column: 0)
  private var savedOfMain = (row: 0, column: 0)
  private var region: ClosedRange<Int>
  private var isWrapPending = false
  private var pen = Cell()
  private var last = ""
  private var pending = Substring.UnicodeScalarView()

  package init(columns: Int, rows: Int) {
    (self.columns, self.rows) = (columns, rows)
    cells = Self.blank(columns, rows)
    region = 0...(rows - 1)
  }

  private static func blank(_ columns: Int, _ rows: Int) -> [[Cell]] {
    Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
  }

  // MARK: Reading

  /// The rows, without trailing spaces.
  package var lines: [String] {
    cells.map { row in
      var line = Substring(row.map(\.text).joined())
      while line.hasSuffix(" ") { line.removeLast() }
      return String(line)
    }
  }

  /// The rows, each with its newline.
  package var text: String { lines.map { $0 + "\n" }.joined() }

  /// The rows that contain reverse video.
  package var markedLines: [String] {
    zip(cells, lines).filter { $0.0.contains(where: \.isMarked) }.map(\.1)
  }

  /// Whether any text is coloured.
  package var hasColor: Bool { cells.joined().contains(where: \.isColored) }

  // MARK: Showing

  /// Changes the size, as a terminal does when the user resizes its window.
  package mutating func resize(columns: Int, rows: Int) {
    func fitted(_ cells: [[Cell]]) -> [[Cell]] {
      var new = Self.blank(columns, rows)
      for (row, line) in cells.prefix(rows).enumerated() {
        for (column, cell) in line.prefix(columns).enumerated() { new[row][column] = cell }
      }
      return new
    }
    cells = fitted(cells)
    if isAlternate { main = fitted(main) }
    (self.columns, self.rows) = (columns, rows)
    region = 0...(rows - 1)
    (row, column) = (min(row, rows - 1), min(column, columns - 1))
  }

  /// Processes what a program has sent; a sequence may arrive in two parts.
  package mutating func show(_ text: some StringProtocol) {
    pending.append(contentsOf: text.unicodeScalars)
    while let first = pending.first {
      guard first == "\u{1B}" else {
        pending.removeFirst()
        put(first)
        continue
      }
      guard let sequence = takeSequence() else { return }
      obey(sequence)
    }
  }

  /// The escape sequence at the start, without the escape; nil if it is not complete yet.
  private mutating func takeSequence() -> String? {
    let rest = pending.dropFirst()
    guard let kind = rest.first else { return nil }
    var end = rest.index(after: rest.startIndex)
    switch kind {
    case "[":
      while end < rest.endIndex, !(0x40...0x7E).contains(rest[end].value) {
        end = rest.index(after: end)
      }
      guard end < rest.endIndex else { return nil }
      end = rest.index(after: end)
    case "(", ")":
      guard end < rest.endIndex else { return nil }
      end = rest.index(after: end)
    case "]":
      while end < rest.endIndex, rest[end] != "\u{07}" { end = rest.index(after: end) }
      guard end < rest.endIndex else { return nil }
      end = rest.index(after: end)
    default: break
    }
    let sequence = String(Substring(rest[..<end]))
    pending = pending[end...]
    return sequence
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\r": move(row, 0)
    case "\n": lineFeed()
    case "\u{08}": move(row, column - 1)
    case "\t": move(row, min(columns - 1, (column / 8 + 1) * 8))
    case "\u{07}", "\u{0E}", "\u{0F}", "\u{00}": break
    default: write(String(scalar), width: Self.width(of: scalar))
    }
  }

  private mutating func write(_ text: String, width: Int) {
    if width == 0 {
      if column > 0 { cells[row][column - 1].text += text }
      return
    }
    if isWrapPending || column + width > columns {
      move(row, 0)
      lineFeed()
    }
    last = text
    var cell = pen
    cell.text = text
    cells[row][column] = cell
    if width == 2, column + 1 < columns { cells[row][column + 1].text = "" }
    if column + width >= columns {
      column = columns - 1
      isWrapPending = true
    } else {
      column += width
    }
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      return 2
    default:
      return scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }

  private mutating func move(_ row: Int, _ column: Int) {
    self.row = min(max(0, row), rows - 1)
    self.column = min(max(0, column), columns - 1)
    isWrapPending = false
  }

  private mutating func lineFeed() {
    isWrapPending = false
    if row == region.upperBound { scroll(1) } else { row = min(row + 1, rows - 1) }
  }

  private mutating func scroll(_ count: Int) {
    let empty = Array(repeating: Cell(), count: columns)
    for _ in 0..<abs(count) {
      if count > 0 {
        cells.remove(at: region.lowerBound)
        cells.insert(empty, at: region.upperBound)
      } else {
        cells.remove(at: region.upperBound)
        cells.insert(empty, at: region.lowerBound)
      }
    }
  }

  private mutating func erase(_ rowNumber: Int, _ range: Range<Int>) {
    for column in range.clamped(to: 0..<columns) { cells[rowNumber][column] = Cell() }
  }

  // MARK: Sequences

  private mutating func obey(_ sequence: String) {
    switch sequence.first {
    case "[": obeyControl(String(sequence.dropFirst()), sequence)
    case "7": saved = (row, column)
    case "8": move(saved.row, saved.column)
    case "M": if row == region.lowerBound { scroll(-1) } else { move(row - 1, column) }
    case "D": lineFeed()
    case "(", ")", "]", "=", ">": break
    default: unknown.append(sequence)
    }
  }

  private mutating func obeyControl(_ body: String, _ sequence: String) {
    let isPrivate = body.hasPrefix("?")
    let numbers = body.dropFirst(isPrivate ? 1 : 0).dropLast()
      .split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    let first = numbers.first ?? 0
    let count = max(1, first)
    switch body.last {
    case "h" where isPrivate, "l" where isPrivate:
      for mode in numbers { set(mode, body.last == "h") }
    case "h", "l": break
    case "H", "f": move(count - 1, max(1, numbers.count > 1 ? numbers[1] : 1) - 1)
    case "A": move(row - count, column)
    case "B": move(row + count, column)
    case "C": move(row, column + count)
    case "D": move(row, column - count)
    case "G": move(row, count - 1)
    case "d": move(count - 1, column)
    case "J": eraseScreen(first)
    case "K":
      erase(row, first == 0 ? column..<columns : first == 1 ? 0..<(column + 1) : 0..<columns)
    case "X": erase(row, column..<(column + count))
    case "P":
      cells[row].removeSubrange(column..<min(columns, column + count))
      while cells[row].count < columns { cells[row].append(Cell()) }
    case "@":
      cells[row].insert(contentsOf: Array(repeating: Cell(), count: count), at: column)
      cells[row].removeLast(cells[row].count - columns)
    case "L", "M":
      guard region.contains(row) else { return }
      let whole = region
      region = row...whole.upperBound
      scroll(body.last == "L" ? -count : count)
      region = whole
    case "S": scroll(count)
    case "T": scroll(-count)
    case "b":
      for _ in 0..<count { write(last, width: last.unicodeScalars.first.map(Self.width) ?? 1) }
    case "r":
      let bottom = numbers.count > 1 && numbers[1] > 0 ? numbers[1] : rows
      region = min(count - 1, rows - 1)...min(max(bottom, count) - 1, rows - 1)
      move(0, 0)
    case "m": setPen(numbers)
    case "t", "c", "n": break
    default: unknown.append(sequence)
    }
  }

  private mutating func eraseScreen(_ kind: Int) {
    if kind == 2 || kind == 0 && row == 0 && column == 0 { erasures += 1 }
    switch kind {
    case 0:
      erase(row, column..<columns)
      for line in (row + 1)..<max(row + 1, rows) { erase(line, 0..<columns) }
    case 1:
      for line in 0..<row { erase(line, 0..<columns) }
      erase(row, 0..<(column + 1))
    default: cells = Self.blank(columns, rows)
    }
  }

  private mutating func set(_ mode: Int, _ isOn: Bool) {
    switch mode {
    case 25: isCursorShown = isOn
    case 1000: reportsMouse = isOn
    case 1049, 1047, 47:
      guard isAlternate != isOn else { return }
      isAlternate = isOn
      if isOn {
        (main, savedOfMain) = (cells, (row, column))
        cells = Self.blank(columns, rows)
      } else {
        cells = main
        move(savedOfMain.row, savedOfMain.column)
      }
    default: break
    }
  }

  private mutating func setPen(_ numbers: [Int]) {
    for number in numbers {
      switch number {
      case 0: pen = Cell()
      case 7: pen.isMarked = true
      case 27: pen.isMarked = false
      case 30...37, 40...47, 90...97: pen.isColored = true
      case 39, 49: pen.isColored = false
      default: break
      }
    }
  }
}
