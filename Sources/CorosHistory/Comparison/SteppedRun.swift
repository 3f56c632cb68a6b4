public import CorosKernel

/// A run made step by step, to be compared with another.
///
/// It has a scheduler of its own, so that nothing it does is seen elsewhere.
public final class SteppedRun {
  /// One step: who ran, when, and all that happened.
  public struct Step: Hashable, Sendable {
    /// The tick at which the task ran, or to which the clock moved.
    public let tick: Tick
    /// The task that ran; nil where only the clock moved.
    public let task: TaskID?
    /// What happened, in order, including what the operator did after the step before.
    ///
    /// The events are numbered from 1 in each run.
    public let events: [Event]
  }

  /// The scheduler as it stands.
  public let scheduler: Scheduler
  /// The acts that were refused so far; the run goes on without them.
  public private(set) var refusedActs: [RefusedAct] = []
  private let advance: Advance
  private let tape = Tape()

  /// Makes the next step, and notes refused acts; false when the run is over.
  typealias Advance = (inout [RefusedAct]) throws(Divergence) -> Bool

  /// Runs a scheduler from where it stands, until nothing can run.
  ///
  /// - Parameter scheduler: to be left alone meanwhile.
  public convenience init(_ scheduler: Scheduler) {
    self.init(scheduler) { (_) throws(Divergence) in
      if case .dispatched = scheduler.step() { true } else { false }
    }
  }

  init(_ scheduler: Scheduler, advance: @escaping Advance) {
    self.scheduler = scheduler
    self.advance = advance
    scheduler.add(tape)
  }

  /// Makes the next step.
  ///
  /// - Returns: what happened; nil when the run is over.
  /// - Throws: `Divergence` when it replays a recorded run and does not go as that did.
  public func next() throws(Divergence) -> Step? {
    guard try advance(&refusedActs) else { return nil }
    let events = tape.take()
    let dispatch = events.last { $0.action == .dispatched }
    return Step(tick: dispatch?.tick ?? scheduler.now, task: dispatch?.task, events: events)
  }

  /// Keeps the events of one step, and numbers them.
  private final class Tape: Observer {
    let interests = Event.Kinds.all
    private var events: [Event] = []
    private var count = 0

    func observe(_ event: Event) {
      if joinJump(event) { return }
      count += 1
      events.append(
        Event(numbered: count, tick: event.tick, task: event.task, action: event.action)
      )
    }

    /// Makes one jump of the clock of two that follow each other: where a run stopped in between says nothing.
    private func joinJump(_ event: Event) -> Bool {
      guard case .clockJumped(let middle) = event.action, let last = events.last,
        case .clockJumped(let from) = last.action, last.tick == middle
      else { return false }
      events[events.count - 1] = Event(
        numbered: last.number,
        tick: event.tick,
        task: event.task,
        action: .clockJumped(from: from)
      )
      return true
    }

    func take() -> [Event] { exchange(&events, with: []) }
  }
}
