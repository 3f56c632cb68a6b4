import CorosHistory
import CorosKernel

/// The content of the stepper's panes: the latest events, and the latest output.
final class StepperLog: Observer {
  let interests = Event.Kinds.all
  private let events = EventLog(.all, limit: 1_000, textLimit: 1_000)
  private let outputs = EventLog(.output, limit: 500, textLimit: 1_000)

  /// The maximum number of lines that are shown again.
  static let mostLinesBack = 500

  /// The number of moves before the present that are replayed after a journey.
  private static let lookback = 100
  /// The maximum number of moves that this replay may take.
  private static let effort = 200_000

  func observe(_ event: Event) {
    events.observe(event)
    if event.action.kind == .output { outputs.observe(event) }
  }

  /// Fills the log again with the moves before the present.
  ///
  /// - Throws: `Divergence`; then the log has the events before it.
  package func replay(_ machine: TimeMachine) throws(Divergence) {
    events.removeAll()
    outputs.removeAll()
    let start = max(0, machine.moment - Self.lookback)
    try machine.replay(from: start, for: self, within: Self.effort)
  }

  /// The latest events, from the start of a step if there is one among them.
  func recent(_ count: Int) -> [Event] {
    let tail = events.events.suffix(count)
    guard tail.count == count else { return Array(tail) }
    return Array(tail[(tail.firstIndex { $0.action == .dispatched } ?? tail.startIndex)...])
  }

  /// The latest output.
  package func written(_ count: Int) -> [Event] { Array(outputs.events.suffix(count)) }
}
