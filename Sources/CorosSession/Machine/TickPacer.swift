/// Says how many ticks are due, of a machine that runs at so many a second.
package struct TickPacer {
  /// The most ticks of one slice, so that a key press is never kept waiting.
  package static let largestSlice = 2_000

  private var startedAt: UInt64 = 0
  private var ticksDone: UInt64 = 0

  package init() {}

  /// Lets the time that has passed go.
  package mutating func restart() { startedAt = 0 }

  /// When the next tick is due, in milliseconds from the last.
  package static func millisecondsToNext(rate: Int) -> Int { max(1, 1_000 / max(1, rate)) }

  /// How many ticks are due now; those that a slice cannot hold are let go.
  ///
  /// - Parameters:
  ///   - rate: Ticks a second.
  ///   - nanoseconds: A clock that only goes forward.
  /// - Returns: At most `largestSlice`.
  package mutating func takeDue(rate: Int, at nanoseconds: UInt64) -> Int {
    if startedAt == 0 {
      startedAt = nanoseconds
      ticksDone = 0
    }
    let elapsed = nanoseconds - startedAt
    let due =
      elapsed / 1_000_000_000 * UInt64(rate)
      + elapsed % 1_000_000_000 * UInt64(rate) / 1_000_000_000
    let ticks = min(due - min(due, ticksDone), UInt64(Self.largestSlice))
    ticksDone = due
    return Int(ticks)
  }
}
