/// Live mode: the scheduler runs by itself while a person types.
///
/// The front end runs a slice between key presses; this value says how many ticks are due by then.
package struct LiveMode {
  /// Ticks per second; nil when the mode is off.
  package var rate: Int?
  private var pacer = TickPacer()
  /// The second whose output is being shown.
  package var second: UInt64 = 0
  package var isNewSecond = false
  /// Whether nothing can run until the person acts.
  package var isStalled = false

  package static let standardRate = 20

  package var isOn: Bool { rate != nil }

  package mutating func start(rate: Int) {
    self.rate = rate
    pacer.restart()
    isStalled = false
  }

  package mutating func stop() {
    rate = nil
  }

  /// Notes that something may have become ready.
  package mutating func wake() {
    isStalled = false
    pacer.restart()
  }

  /// Lets the time go that has passed since the last slice.
  package mutating func skipTime() { pacer.restart() }

  /// The number of ticks due now; ticks beyond the size of a slice are skipped.
  package mutating func takeDue(at nanoseconds: UInt64) -> Int {
    guard let rate, !isStalled else { return 0 }
    return pacer.takeDue(rate: rate, at: nanoseconds)
  }

  /// When the next tick is due, in milliseconds from now.
  package var millisecondsToNext: Int { TickPacer.millisecondsToNext(rate: rate ?? 1) }
}

/// When the front end should call again.
package enum LiveNext: Equatable, Sendable {
  case after(milliseconds: Int)
  /// Not before the person types a command.
  case never
}
