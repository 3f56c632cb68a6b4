import CorosHistory
import CorosKernel

/// What the stepper tells of: the last events, and what tasks wrote last.
final class StepperLog: Observer {
  let interests = Event.Kinds.all
  private let events = EventLog(.all, limit: 1_000, textLimit: 1_000)
  private let outputs = EventLog(.output, limit: 500, textLimit: 1_000)

  /// How many moves before the present are replayed after going to another moment.
  private static let lookback = 100
  /// The most moves that may take.
  private static let effort = 200_000

  func observe(_ event: Event) {
    events.observe(event)
    if event.action.kind == .output { outputs.observe(event) }
  }

  /// Begins anew with the moves that led to the present.
  ///
  /// - Throws: `Divergence`; then the log has what was heard before it.
  func replay(_ machine: TimeMachine) throws(Divergence) {
    events.removeAll()
    outputs.removeAll()
    let start = max(0, machine.moment - Self.lookback)
    try machine.replay(from: start, for: self, within: Self.effort)
  }

  /// The last events, from the beginning of a step on, if there is one among them.
  func recent(_ count: Int) -> [Event] {
    let tail = events.events.suffix(count)
    guard tail.count == count else { return Array(tail) }
    return Array(tail[(tail.firstIndex { $0.action == .dispatched } ?? tail.startIndex)...])
  }

  /// The last things that were written.
  func written(_ count: Int) -> [Event] { Array(outputs.events.suffix(count)) }
}
