package import CorosKernel

/// The layout of ticks on columns: a column covers a round number of ticks, and begins at a round tick.
package struct TimelineScale: Equatable, Sendable {
  package let range: Range<Tick>
  /// The number of ticks per column: 1, 2, 5, 10, 20, 50, ...
  package let ticksPerColumn: Tick
  package let columns: Int
  /// The number of columns between the column of tick 0 and the first one shown.
  private let origin: Int

  /// Chooses the finest scale that fits.
  ///
  /// - Parameters:
  ///   - range: The ticks to show, none of them negative.
  ///   - room: The number of columns, at least 1.
  package init(_ range: Range<Tick>, room: Int) {
    self.range = range
    var ticks = 1
    for step in RoundNumbers() {
      ticks = step
      if Self.columns(of: range, ticks) <= max(1, room) { break }
    }
    ticksPerColumn = ticks
    columns = Self.columns(of: range, ticks)
    origin = range.lowerBound / ticks
  }

  private static func columns(of range: Range<Tick>, _ ticks: Tick) -> Int {
    range.isEmpty ? 0 : (range.upperBound - 1) / ticks - range.lowerBound / ticks + 1
  }

  /// The column of a tick.
  package func column(of tick: Tick) -> Int { tick / ticksPerColumn - origin }

  /// The ticks of a column, without those outside the range.
  package func ticks(of column: Int) -> Range<Tick> {
    let first = (column + origin) * ticksPerColumn
    let (end, isTooFar) = first.addingReportingOverflow(ticksPerColumn)
    return first.clamped(to: range)..<(isTooFar ? range.upperBound : end.clamped(to: range))
  }

  /// The labels of the axis: columns that begin at round ticks, with room for the numbers between them.
  ///
  /// - Parameter gap: The minimum distance between two labelled columns.
  /// - Returns: The columns and their ticks. If no round column is near the first one, the first one is
  ///   labelled.
  package func marks(gap: Int) -> [(column: Int, tick: Tick)] {
    guard columns > 0 else { return [] }
    var every = 5
    for step in RoundNumbers() where step >= 5 {
      every = step
      if step >= gap { break }
    }
    let first = (every - origin % every) % every
    var marks = stride(from: first, to: columns, by: every).map { column in
      (column, (column + origin) * ticksPerColumn)
    }
    if first >= gap || marks.isEmpty { marks.insert((0, range.lowerBound), at: 0) }
    return marks
  }
}

/// 1, 2, 5, 10, 20, 50 and so on, up to the largest number.
struct RoundNumbers: Sequence, IteratorProtocol {
  private var power: Int? = 1
  private var place = 0

  mutating func next() -> Int? {
    guard let power else { return nil }
    let (number, isTooLarge) = power.multipliedReportingOverflow(by: [1, 2, 5][place])
    place = (place + 1) % 3
    if place == 0 {
      let (next, isTooLarge) = power.multipliedReportingOverflow(by: 10)
      self.power = isTooLarge ? nil : next
    }
    return isTooLarge ? nil : number
  }
}

extension Tick {
  fileprivate func clamped(to range: Range<Tick>) -> Tick {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
