public import CorosKernel

/// A run that is brought about step by step, to be compared with another.
///
/// Nothing that it does is seen elsewhere: it has a scheduler of its own.
public final class Rerun {
  /// One step: who ran, when, and all that happened.
  public struct Step: Hashable, Sendable {
    /// The tick at which the task ran, or to which the clock moved.
    public let tick: Tick
    /// The task that ran; nil where only the clock moved.
    public let task: TaskID?
    /// What happened, in order; also what somebody outside did after the step before.
    public let happenings: [Happening]
  }

  /// What happened to a task.
  public struct Happening: Hashable, Sendable, CustomStringConvertible {
    /// The tick.
    public let tick: Tick
    /// The task.
    public let task: TaskID
    /// What happened.
    public let action: Event.Action

    /// The same as an event, without a number.
    public var event: Event { Event(number: 0, tick: tick, task: task, action: action) }

    /// The tick, the task and the action.
    public var description: String { "t\(tick) #\(task) \(action)" }
  }

  /// The scheduler as it stands.
  public var scheduler: Scheduler { state() }
  private let state: () -> Scheduler
  private let advance: () -> Bool
  private let tape = Tape()

  /// Runs a scheduler from where it stands, until nothing can run.
  ///
  /// - Parameter scheduler: to be left alone meanwhile.
  public convenience init(_ scheduler: Scheduler) {
    self.init(scheduler) { if case .dispatched = scheduler.step() { true } else { false } }
  }

  /// Runs a scheduler by somebody's hand, who says false when there is no step to make.
  init(_ scheduler: Scheduler, advance: @escaping () -> Bool) {
    self.state = { scheduler }
    self.advance = advance
    scheduler.add(tape)
  }

  /// Makes the next step.
  ///
  /// - Returns: what happened; nil when the run is over.
  public func next() -> Step? {
    guard advance() else { return nil }
    let happenings = tape.take()
    let ran = happenings.last { $0.action == .dispatched }
    return Step(
      tick: ran?.tick ?? scheduler.now,
      task: ran?.task,
      happenings: happenings
    )
  }

  private final class Tape: Observer {
    let interests = Event.Kinds.all
    private var happenings: [Happening] = []

    func observe(_ event: Event) {
      happenings.append(Happening(tick: event.tick, task: event.task, action: event.action))
    }

    func take() -> [Happening] { exchange(&happenings, with: []) }
  }
}

/// The first step at which two runs part.
public struct Parting: Hashable, Sendable {
  /// The number of the step in both, from 0.
  public let step: Int
  /// The step of the first run; nil when it is over.
  public let left: Rerun.Step?
  /// The step of the second run; nil when it is over.
  public let right: Rerun.Step?

  /// The first thing that happened in one and not so in the other.
  public var firstDifference: (left: Rerun.Happening?, right: Rerun.Happening?) {
    let (left, right) = (left?.happenings ?? [], right?.happenings ?? [])
    let same = zip(left, right).prefix { $0 == $1 }.count
    return (left.dropFirst(same).first, right.dropFirst(same).first)
  }
}

/// Runs two runs side by side, and finds the first step at which they part.
///
/// - Parameters:
///   - left: a run.
///   - right: another.
///   - steps: the most steps to compare.
///   - condition: asked after each step; true stops the comparison.
/// - Returns: where they part; nil when they are the same, event for event.
public func firstParting(
  of left: Rerun,
  and right: Rerun,
  steps: Int = .max,
  unless condition: () -> Bool = { false }
) -> Parting? {
  var step = 0
  while step < steps, !condition() {
    let (first, second) = (left.next(), right.next())
    if first != second { return Parting(step: step, left: first, right: second) }
    if first == nil { return nil }
    step += 1
  }
  return nil
}

/// Runs the same thing twice, and compares at every step: for tests that a run replays identically.
///
/// What differs between the two is hidden nondeterminism: a clock, a hash order, a variable that outlives
/// the run.
///
/// - Parameters:
///   - steps: the most steps to compare.
///   - make: makes a scheduler with its tasks, anew each time.
/// - Returns: where the two part; nil when they do not.
public func checkDeterminism(
  steps: Int = 1_000_000,
  _ make: () throws -> Scheduler
) rethrows -> Parting? {
  let first = try make()
  let second = try make()
  return firstParting(of: Rerun(first), and: Rerun(second), steps: steps)
}
