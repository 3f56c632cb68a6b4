/// Computes how many ticks are due when a machine runs at a given rate.
package struct TickPacer {
  /// The maximum number of ticks in a slice, so that a key press never has to wait.
  package static let largestSlice = 2_000

  private var startedAt: UInt64 = 0
  private var ticksDone: UInt64 = 0

  package init() {}

  /// Skips the time that has passed.
  package mutating func restart() { startedAt = 0 }

  /// The time from one tick to the next, in milliseconds.
  package static func millisecondsToNext(rate: Int) -> Int { max(1, 1_000 / max(1, rate)) }

  /// The number of ticks due now; ticks beyond the size of a slice are skipped.
  ///
  /// - Parameters:
  ///   - rate: Ticks per second.
  ///   - nanoseconds: The time of a monotonic clock.
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
