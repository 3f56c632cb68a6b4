import CorosInsight
import CorosKernel
import CorosSession

// The list of tasks, and the strip of time.

extension StepperView {
  /// The list of tasks, scrolled so that the selected task is visible.
  ///
  /// - Parameters:
  ///   - width: The columns of the pane.
  ///   - height: The lines of the pane.
  ///   - isBrief: Whether each line shows the state of its task, instead of a heading above several tasks.
  /// - Returns: The pane, with a title if there is room for it.
  package func tasks(_ width: Int, _ height: Int, isBrief: Bool) -> Pane {
    let (items, below, hasTitle) = taskItems(height, isBrief: isBrief)
    let room = hasTitle ? height - 1 : height
    var lines = items.map { line($0, width, isBrief: isBrief) }
    if below > 0 { lines.append(StyledLine("   and \(below) more", .faint)) }
    if items.isEmpty { lines = [StyledLine("   none", .faint)] }
    lines = lines.map { $0.clipped(to: width, ellipsis: glyphs.ellipsis) }
    while lines.count < room { lines.append(StyledLine()) }
    guard hasTitle else { return Pane(width: width, lines: Array(lines.prefix(height)), rules: []) }
    return Pane(width: width, lines: [rule("Tasks", width)] + lines, rules: [0])
  }

  /// The items of the list that fit, scrolled so that the selected task is among them.
  ///
  /// - Returns: The items, the number of tasks below for which a line says that there are more, and whether a title
  ///   stands above.
  func taskItems(
    _ height: Int,
    isBrief: Bool
  ) -> (items: [StepperState.Item], below: Int, hasTitle: Bool) {
    let hasTitle = height >= 4
    let room = hasTitle ? height - 1 : height
    let all = state.items.filter { item in
      if case .heading = item { !isBrief } else { true }
    }
    let selected = all.firstIndex { item in
      if case .task(let row) = item { row.isSelected } else { false }
    }
    let first = min(max(0, (selected ?? 0) - room / 2), max(0, all.count - room))
    let items = Array(all[first...].prefix(room))
    let isFull = all.count - first > items.count || state.tasksBelow > 0
    guard isFull, items.count == room, room > 1 else { return (items, 0, hasTitle) }
    let hidden = all[(first + room - 1)...].count { if case .task = $0 { true } else { false } }
    return (items.dropLast(), hidden + state.tasksBelow, hasTitle)
  }

  private func line(_ item: StepperState.Item, _ width: Int, isBrief: Bool) -> StyledLine {
    switch item {
    case .heading(let title, let count):
      var line = StyledLine(" \(title)")
      if count > 1 { line.append("  \(count)", .faint) }
      return line
    case .task(let row):
      return self.line(row, width, isBrief: isBrief)
    }
  }

  private func line(_ row: StepperState.Row, _ width: Int, isBrief: Bool) -> StyledLine {
    var line = StyledLine(row.isNext ? glyphs.next : " ", .good)
    line.append(row.hasBreakpoint ? glyphs.breakpoint : " ", .bad)
    let tid = row.tid.description
    line.append(String(repeating: " ", count: max(0, tidWidth - tid.count)))
    line.append(tid, .heading)
    line.append(" ")
    // The state is at the right, as far as the name leaves room.
    let detail = StyledLine(isBrief ? row.state : row.detail, isBrief ? row.role : .faint)
    let room = width - line.width - (row.isFollowed ? 2 : 0)
    let nameRoom = max(min(room, 8), room - detail.width - 2)
    line.append(StyledLine(row.name, .name).clipped(to: nameRoom, ellipsis: glyphs.ellipsis))
    if row.isFollowed { line.append(" " + glyphs.followed, .good) }
    let left = width - line.width - 2
    if detail.width > 0, left > 3 {
      let text = detail.clipped(to: left, ellipsis: glyphs.ellipsis)
      line.pad(to: width - text.width - 1)
      line.append(text)
    }
    guard row.isSelected else { return line }
    return line.fitted(to: width, ellipsis: glyphs.ellipsis).marked
  }

  /// The width of the widest id in the list.
  private var tidWidth: Int {
    state.items.reduce(1) { widest, item in
      if case .task(let row) = item { max(widest, row.tid.description.count) } else { widest }
    }
  }

  // MARK: Time

  /// What the tasks did in the last ticks, one column per tick.
  package func timeline(_ height: Int, joints: [Int]) -> [StyledLine] {
    let rows = state.timeline.prefix(max(0, height - 3))
    let (tidWidth, nameWidth, gutter, scale) = timelineLayout(of: rows)
    var lines = [rule("Time", width, joints: joints)]
    lines += axis(scale, gutter)
    for row in rows {
      var line = StyledLine(" ")
      let tid = row.tid.description
      line.append(String(repeating: " ", count: tidWidth - tid.count))
      line.append(tid, .heading)
      line.append(" ")
      line.append(StyledLine(row.name, .name).fitted(to: nameWidth, ellipsis: glyphs.ellipsis))
      line.pad(to: gutter)
      for cell in TimelineCell.cells(of: row, scale) {
        line.append(String(glyphs.timeline.glyph(of: cell)), cell.role)
      }
      lines.append(line)
    }
    while lines.count < height { lines.append(StyledLine()) }
    return lines.prefix(height).map { $0.clipped(to: width, ellipsis: glyphs.ellipsis) }
  }

  /// Where the parts of a row are, and which ticks each column stands for.
  private func timelineLayout(
    of rows: ArraySlice<TimelineRow>
  ) -> (tidWidth: Int, nameWidth: Int, gutter: Int, scale: TimelineScale) {
    let tidWidth = rows.reduce(1) { max($0, $1.tid.description.count) }
    let nameWidth = rows.reduce(0) { max($0, min(12, StyledLine($1.name).width)) }
    let gutter = tidWidth + nameWidth + 4
    let room = max(1, width - gutter - 1)
    let end = state.range.upperBound
    let range = max(state.range.lowerBound, end - room * state.ticksPerColumn)..<end
    return (tidWidth, nameWidth, gutter, TimelineScale(range, room: room))
  }

  /// The rows with no more spans than the columns can show, for the way to another terminal: they look the same.
  var coarseTimeline: [TimelineRow] {
    let rows = state.timeline.prefix(max(0, timelineHeight - 3))
    let scale = timelineLayout(of: rows).scale
    return rows.map { row in
      guard row.spans.count > 2 * scale.columns else { return row }
      var coarse = row
      coarse.spans = TimelineCell.cells(of: row, scale).enumerated().flatMap { column, cell in
        let ticks = scale.ticks(of: column)
        let middle = ticks.lowerBound + cell.ran
        return [(TimelineState.running, ticks.lowerBound, middle)].filter { $1 < $2 }.map {
          TimelineSpan(state: $0, from: $1, to: $2)
        }
          + [cell.state].compactMap(\.self).filter { _ in middle < ticks.upperBound }.map {
            TimelineSpan(state: $0, from: middle, to: ticks.upperBound)
          }
      }
      return coarse
    }
  }

  private func axis(_ scale: TimelineScale, _ gutter: Int) -> [StyledLine] {
    let widest = String(state.tick).count
    var numbers = StyledLine(String(repeating: " ", count: gutter))
    var ruler = [String](repeating: glyphs.rule, count: scale.columns)
    for (column, tick) in scale.marks(gap: widest + 1) {
      ruler[column] = String(glyphs.timeline.mark)
      let start = gutter + column
      guard start >= numbers.width, start + String(tick).count <= width else { continue }
      numbers.pad(to: start)
      numbers.append(String(tick), .faint)
    }
    let line = StyledLine(String(repeating: " ", count: gutter))
    return [numbers, line + StyledLine(ruler.joined(), .faint)]
  }
}
