/// The scheduler running by itself while a person types.
///
/// The front end runs a slice between key presses; the mode knows how many ticks are due by then.
package struct LiveMode {
  /// Ticks per second; nil when the mode is off.
  package var rate: Int?
  private var pacer = TickPacer()
  /// The second to which the output belongs that is shown now.
  package var second: UInt64 = 0
  package var isNewSecond = false
  /// Set when nothing can run until the person does something.
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

  /// Something may have become ready.
  package mutating func wake() {
    isStalled = false
    pacer.restart()
  }

  /// Lets the time go that has passed since the last slice.
  package mutating func skipTime() { pacer.restart() }

  /// How many ticks are due now; those that a slice cannot hold are let go.
  package mutating func takeDue(at nanoseconds: UInt64) -> Int {
    guard let rate, !isStalled else { return 0 }
    return pacer.takeDue(rate: rate, at: nanoseconds)
  }

  /// When the next tick is due, in milliseconds from now.
  package var millisecondsToNext: Int { TickPacer.millisecondsToNext(rate: rate ?? 1) }
}

/// When the host is to call again.
package enum LiveNext: Equatable, Sendable {
  case after(milliseconds: Int)
  /// Nothing will happen until the person types a command.
  case never
}
