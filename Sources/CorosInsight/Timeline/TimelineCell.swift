package import CorosKernel

/// What a task did during the ticks of one column.
package struct TimelineCell: Equatable, Sendable {
  /// The number of ticks in the column.
  package let ticks: Tick
  /// The number of ticks in which the task ran.
  package var ran: Tick = 0
  /// The state for most of the other ticks; nil if the task did not exist.
  ///
  /// In a tie, the more important state.
  package var state: TimelineState?

  /// The states in the order of what they say, most first.
  private static let telling: [TimelineState] = [
    .stopped, .locked, .waiting, .sleeping, .switching, .ready, .new,
  ]

  /// The cells of a row, one for each column of the range, in O(spans + columns).
  package static func cells(of row: TimelineRow, _ scale: TimelineScale) -> [TimelineCell] {
    var cells = (0..<scale.columns).map {
      let ticks = scale.ticks(of: $0)
      return TimelineCell(ticks: ticks.upperBound - ticks.lowerBound)
    }
    var tallies = [Tick](repeating: 0, count: telling.count)
    var column = 0
    func close(_ upTo: Int) {
      guard column < upTo else { return }
      // Takes the first of equal maxima, so the order above breaks a tie.
      if let most = tallies.max(), most > 0, let place = tallies.firstIndex(of: most) {
        cells[column].state = telling[place]
        for index in tallies.indices { tallies[index] = 0 }
      }
      column = upTo
    }
    for span in row.spans.compactMap({ $0.cut(to: scale.range) }) {
      let (first, last) = (scale.column(of: span.from), scale.column(of: span.to - 1))
      close(first)
      for index in first...last {
        close(index)
        let ticks = scale.ticks(of: index)
        let count = min(span.to, ticks.upperBound) - max(span.from, ticks.lowerBound)
        if let place = telling.firstIndex(of: span.state) {
          tallies[place] += count
        } else {
          cells[index].ran += count
        }
      }
    }
    close(cells.count)
    return cells
  }
}
