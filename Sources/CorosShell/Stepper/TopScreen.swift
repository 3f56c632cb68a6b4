import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
package import CorosSession

/// `top` on the whole screen: the table again after each key, and while live mode runs the machine.
package final class TopScreen: FullScreenProgram {
  private let shell: Shell
  package private(set) var column: TopColumn
  package private(set) var isReversed = false
  private var first = 0
  /// Where the last cell of each column stands, and the gap behind it, as it was last drawn.
  private var edges: [Int] = []
  private var message = ""
  package private(set) var isFinished = false

  /// Takes over the machine of a shell, until `close`.
  package init(_ shell: Shell, sortedBy column: TopColumn) {
    self.shell = shell
    self.column = column
    shell.flush()
    shell.monitor.isMuted = true
  }

  /// Returns the machine to the shell.
  package func close() {
    shell.monitor.isMuted = false
    shell.session.live.wake()
  }

  // MARK: Drawing

  package func lines(width: Int, height: Int) -> [StyledLine] {
    guard width > 0, height > 0 else { return [] }
    let table = shell.foreseen {
      TopTable(shell.scheduler, sortedBy: column, isReversed: isReversed)
    }
    let room = max(0, height - 3)
    first = min(first, max(0, table.rows.count - room))
    let rows = table.rows.dropFirst(first).prefix(room).map(\.cells)
    let heads = TopRow.columns.map { TextTable.Cell($0.title, .heading) }
    let widths = heads.indices.map { index in
      rows.reduce(heads[index].width) { max($0, $1[index].width) }
    }
    edges = widths.reduce(into: []) { $0.append(($1 + 2) + ($0.last ?? 1)) }
    var lines = [head(table), line(heads, widths, isHead: true)]
    lines += rows.map { line($0, widths, isHead: false) }
    if rows.isEmpty { lines.append(StyledLine(" no live tasks", .faint)) }
    while lines.count < height - 1 { lines.append(StyledLine()) }
    return (lines.prefix(height - 1) + [foot(table, room)]).map {
      $0.clipped(to: width, ellipsis: shell.settings.isUnicode ? "…" : "~")
    }
  }

  private func head(_ table: TopTable) -> StyledLine {
    let scheduler = shell.scheduler
    var line = StyledLine(" tick \(table.tick)", .heading)
    line.append("  \(scheduler.policyDescription)", .name)
    line.append("  \(counted(table.rows.count, "task"))")
    if table.tick > 0 {
      let busy = Double(scheduler.busyTicks) / Double(table.tick) * 100
      line.append(", CPU \(Rounded(busy, places: 1).text) % busy")
    }
    line.append(shell.session.live.isOn ? "  live" : "", .good)
    return line
  }

  private func foot(_ table: TopTable, _ room: Int) -> StyledLine {
    var line = StyledLine(" ")
    if !message.isEmpty {
      line.append(message, .waiting)
      return line
    }
    let arrows = shell.settings.isUnicode ? "← →" : "< >"
    let keys = [(arrows, "sort"), ("r", "reverse"), ("space", "step"), ("q", "quit")]
    for (key, word) in keys {
      line.append(key, .name)
      line.append(" \(word)  ", .faint)
    }
    let rest = table.rows.count - first - room
    if rest > 0 { line.append("\(rest) more below", .faint) }
    return line
  }

  private func line(_ cells: [TextTable.Cell], _ widths: [Int], isHead: Bool) -> StyledLine {
    var line = StyledLine(" ")
    for (index, cell) in cells.enumerated() {
      let gap = String(repeating: " ", count: widths[index] - cell.width)
      let isRight = TopRow.columns[index].alignment == .right
      if isRight { line.append(gap) }
      let isSorted = isHead && TopColumn.allCases[index] == column
      let text = StyledLine(cell.text, cell.role)
      line.append(isSorted ? text.marked : text)
      line.append((isRight ? "" : gap) + "  ")
    }
    return line
  }

  // MARK: Keys

  package func press(_ key: ScreenKey) {
    message = ""
    switch key {
    case .right, .character(">"): sort(by: column.next(1))
    case .left, .character("<"): sort(by: column.next(-1))
    case .character("r"): isReversed.toggle()
    case .character(" "), .character("s"): step()
    case .up: first = max(0, first - 1)
    case .down: first += 1
    case .wheel(let lines, _): first = max(0, first + lines)
    case .click(Self.headings, let place): sort(byColumnAt: place)
    case .click: break
    case .pageUp: first = max(0, first - 10)
    case .pageDown: first += 10
    case .home: first = 0
    case .end: first = .max / 2
    case .character("q"), .escape, .interrupt: isFinished = true
    default: message = "no such key: arrows sort, r reverses, space steps, q ends"
    }
  }

  /// The row of the headings.
  private static let headings = 1

  /// Sorts by the column whose heading is clicked; again, the other way round.
  private func sort(byColumnAt place: Int) {
    guard let index = edges.firstIndex(where: { place < $0 }) else { return }
    let clicked = TopColumn.allCases[index]
    if clicked == column { isReversed.toggle() } else { sort(by: clicked) }
  }

  private func sort(by column: TopColumn) {
    self.column = column
    isReversed = false
    first = 0
  }

  /// Runs a tick; false if that was the last for now.
  @discardableResult
  private func step() -> Bool {
    let result = shell.machine.step()
    if let news = shell.session.keepJournal() { message = news }
    if shell.machine.stop != nil {
      message = "a breakpoint: `breaks` lists them"
      shell.session.live.stop()
      return false
    }
    if let violation = shell.session.violation {
      message = "\(violation)"
      shell.session.live.stop()
      return false
    }
    guard case .stalled(let outcome) = result else { return true }
    message = OutcomeWords.sentence(outcome, shell.scheduler)
    if case .waiting = outcome { return false }
    shell.session.live.isStalled = true
    return false
  }

  // MARK: Live mode

  package func runSlice(nanoseconds: UInt64) -> LiveNext {
    let session = shell.session
    guard session.live.isOn, !session.live.isStalled else { return .never }
    if session.worldSettings?.tickLength != nil {
      let end = ContinuousClock.now + .milliseconds(10)
      _ = session.runInRealTime { ContinuousClock.now >= end }
      return .after(milliseconds: 2)
    }
    for _ in 0..<session.live.takeDue(at: nanoseconds) {
      if !step() { break }
    }
    return session.live.isOn && !session.live.isStalled
      ? .after(milliseconds: session.live.millisecondsToNext) : .never
  }

  package func continueAfterStop() { shell.session.live.skipTime() }
}
