package import CorosInsight
package import CorosKernel
import CorosLanguage

/// A Gantt chart as text: an axis, a row for each task, the texts of programs if wanted, and a legend.
///
/// Drawing is a function from rows to lines, none of them wider than `width`.
package struct TimelineChart {
  package let rows: [TimelineRow]
  /// The row of the ticks in which no task ran; nil for none.
  package let idle: TimelineRow?
  /// The texts of programs, to show below the rows who ran each line when.
  package let listings: [TimelineListing]
  package let range: Range<Tick>
  package let width: Int
  package let glyphs: TimelineGlyphs
  package let style: Style

  let scale: TimelineScale
  /// The columns of task ids, and of the numbers of lines.
  let tidWidth: Int
  /// The columns of names, and of the texts of lines; 0 for none at all.
  let nameWidth: Int
  /// The columns before the first tick: task ids and names.
  private let gutter: Int

  /// Lays out a chart.
  ///
  /// - Parameters:
  ///   - rows: The tasks, the first at the top.
  ///   - idle: The ticks in which no task ran, for a row of their own below; nil or none for no such row.
  ///   - listings: The texts of programs, for rows of their own below; none for no such rows.
  ///   - range: The ticks, without the upper bound.
  ///   - width: The maximum number of columns of a line; at least 14.
  ///   - glyphs: The characters for the states.
  ///   - style: Whether to use colours.
  package init(
    _ rows: [TimelineRow],
    idle: [TimelineSpan]? = nil,
    listings: [TimelineListing] = [],
    range: Range<Tick>,
    width: Int,
    glyphs: TimelineGlyphs,
    style: Style
  ) {
    self.rows = rows
    self.listings = listings
    self.range = range
    self.width = max(width, 14)
    self.glyphs = glyphs
    self.style = style
    let sourceLines = listings.flatMap(\.lines)
    tidWidth =
      (rows.map(\.tid.description.count) + sourceLines.map { "\($0.number)".count }).max() ?? 1
    // A third of the line at most, and no name at all rather than a letter or two.
    let room = min(12, (self.width - tidWidth - 2) / 3)
    self.idle =
      idle?.isEmpty == false && room >= Self.idleName.count
      ? TimelineRow(
        tid: .operator,
        name: Self.idleName,
        spans: idle ?? [],
        figures: TimelineFigures(arrival: 0)
      ) : nil
    let all = rows + (self.idle.map { [$0] } ?? [])
    let longest = all.map { ClippedText.width(of: $0.name, atMost: room) }.max() ?? 0
    // A text says more than a name, and gets two fifths of the line at most.
    let textRoom = max(room, min(40, (self.width - tidWidth - 2) * 2 / 5))
    let longestText =
      sourceLines.map { ClippedText.width(of: $0.text, atMost: textRoom) }.max() ?? 0
    nameWidth = room < 3 ? 0 : max(min(longest, room), min(longestText, textRoom))
    gutter = tidWidth + 1 + (nameWidth > 0 ? nameWidth + 1 : 0)
    // The mark of a task that ends last stands behind the last column.
    let hasMarks = rows.contains { $0.mark(in: range) != nil }
    scale = TimelineScale(range, room: max(1, self.width - gutter - (hasMarks ? 1 : 0)))
  }

  private static let idleName = "idle"

  /// The number of ticks per column.
  package var ticksPerColumn: Tick { scale.ticksPerColumn }

  /// The axis, the rows, and the texts.
  package var lines: [String] {
    axis + rows.map(line) + (idle.map { [line($0)] } ?? []) + listingLines
  }

  // MARK: The axis

  private var axis: [String] {
    let indent = String(repeating: " ", count: gutter)
    let widest = String(range.upperBound).count
    let marks = scale.marks(gap: widest + 1)
    var numbers = indent
    var ruler = [Character](repeating: glyphs.axis, count: scale.columns)
    for (column, tick) in marks {
      ruler[column] = glyphs.mark
      let number = String(tick)
      let start = gutter + column
      guard start >= numbers.count, start + number.count <= width else { continue }
      numbers += String(repeating: " ", count: start - numbers.count) + number
    }
    return [
      style.paint(numbers, .faint),
      indent + style.paint(String(ruler), .faint),
    ]
  }

  // MARK: A row

  private func line(_ row: TimelineRow) -> String {
    let tid = row.tid == .operator ? "" : row.tid.description
    var line = String(repeating: " ", count: tidWidth - tid.count) + style.paint(tid, .heading)
    if nameWidth > 0 { line += " " + ClippedText.padded(row.name, to: nameWidth) }
    line += " "
    var cells = TimelineCell.cells(of: row, scale)[...]
    while let last = cells.last, glyphs.glyph(of: last) == " " { cells.removeLast() }
    if cells.isEmpty { return trimmed(line) }
    while let first = cells.first {
      // Neighbours of one colour share its escape codes.
      let run = cells.prefix { $0.role == first.role }
      let role = row.tid == .operator ? .faint : first.role
      line += style.paint(String(run.map(glyphs.glyph(of:))), role)
      cells = cells.dropFirst(run.count)
    }
    if let mark = row.mark(in: range) {
      line += style.paint(String(glyphs.glyph(of: mark)), mark.role)
    }
    return line
  }

  private func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  // MARK: The legend

  /// The meaning of the glyphs that occur in the chart.
  package var legend: String {
    var hasPart = false
    var states: Swift.Set<TimelineState> = []
    for row in rows {
      for cell in TimelineCell.cells(of: row, scale) {
        if cell.ran > 0 {
          if cell.ran == cell.ticks { states.insert(.running) } else { hasPart = true }
        } else if let state = cell.state {
          states.insert(state)
        }
      }
    }
    var items: [(glyph: Character, text: String, role: Style.Role)] = []
    for state in TimelineState.allCases {
      if states.contains(state) {
        items.append((glyphs.glyph(of: state), state.legend, state.role))
      }
      if state == .running, hasPart {
        items.append((glyphs.somewhatRunning, "runs in part", .good))
      }
    }
    for mark in TimelineMark.allCases where rows.contains(where: { $0.mark(in: range) == mark }) {
      items.append((glyphs.glyph(of: mark), mark.legend, mark.role))
    }
    var text = ""
    var used = 0
    for (glyph, long, role) in items {
      let word = ClippedText.clipped(long, to: width - 2)
      let size = ClippedText.width(of: word, atMost: width) + 2
      if used > 0 {
        let fits = used + 2 + size <= width
        text += fits ? "  " : "\n"
        used = fits ? used + 2 : 0
      }
      text += style.paint(String(glyph), role) + " " + word
      used += size
    }
    return text
  }
}

extension TimelineCell {
  /// The colour of the cell.
  package var role: Style.Role {
    ran > 0 ? TimelineState.running.role : state?.role ?? .plain
  }
}
