import CorosKernel

/// What the stepper tells of: the last events, and what tasks wrote last.
final class StepperLog: Observer {
  let interests = Event.Kinds.all
  private let events = EventLog(.all, limit: 1_000, textLimit: 1_000)
  private let outputs = EventLog(.output, limit: 500, textLimit: 1_000)

  /// How many moves before the present are told anew after a journey.
  private static let lookback = 100
  /// The most moves that may take.
  private static let effort = 200_000

  func observe(_ event: Event) {
    events.observe(event)
    if event.action.kind == .output { outputs.observe(event) }
  }

  /// Begins anew with the moves that led to the present.
  func retell(_ machine: TimeMachine) {
    events.removeAll()
    outputs.removeAll()
    machine.retell(last: Self.lookback, within: Self.effort, to: self)
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
