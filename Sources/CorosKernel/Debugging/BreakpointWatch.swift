/// Looks out for breakpoints during a run, move by move.
///
/// What events tell of it hears as an observer, of those kinds alone. What can be seen after a move it looks
/// at, and compares with what was there before the move: so it is told when somebody outside has done something
/// between two moves.
final class BreakpointWatch: Observer {
  let interests: Event.Kinds

  /// Points that events tell of.
  private var heard: [Point<StopPoint>] = []
  private var tasks: ContiguousArray<Point<TaskID>> = []
  private var names: [Point<String>] = []
  /// Points of every task.
  private var dispatches: [Int] = []
  private var ticks: [Point<Tick>] = []
  private var deadlocks: [Int] = []
  private var states: [Point<StateWatch>] = []
  private var conditions: [Point<ConditionWatch>] = []
  private var values: [Point<ValueWatch>] = []
  private let comparesStates: Bool

  /// What happened in this move, and may be a hit if the task is as wanted.
  private var candidates: [(index: Int, filter: TaskFilter, event: Event)] = []
  /// What the clock showed before the move.
  private var now: Tick

  private struct Point<Subject> {
    let number: Int
    var subject: Subject
  }

  private struct StateWatch {
    let task: TaskID
    let wanted: TaskState.Kind
    var before: TaskStanding?
  }

  private struct ConditionWatch {
    let condition: (Scheduler) -> Bool
    var before = false
  }

  private struct ValueWatch {
    let value: (Scheduler) -> String
    var before = ""
  }

  /// Begins where a scheduler stands.
  ///
  /// - Parameters:
  ///   - breakpoints: those that are enabled.
  ///   - scheduler: the scheduler; whether to listen to it is the caller's affair.
  init(_ breakpoints: [Breakpoint], _ scheduler: Scheduler) {
    now = scheduler.now
    interests = breakpoints.reduce(into: []) { $0.formUnion($1.point.interests) }
    comparesStates = breakpoints.contains { breakpoint in
      switch breakpoint.point {
      case .enters, .holds, .changes: true
      default: false
      }
    }
    for breakpoint in breakpoints { sort(breakpoint.number, breakpoint.point) }
    lookBefore(scheduler)
  }

  private func sort(_ number: Int, _ point: StopPoint) {
    switch point {
    case .spawned, .calls, .ends, .killed, .writes:
      heard.append(Point(number: number, subject: point))
    case .runs(.task(let task)): tasks.append(Point(number: number, subject: task))
    case .runs(.named(let name)): names.append(Point(number: number, subject: name))
    case .runs(.any): dispatches.append(number)
    case .tick(let tick): ticks.append(Point(number: number, subject: tick))
    case .deadlock: deadlocks.append(number)
    case .enters(let task, let state):
      states.append(Point(number: number, subject: StateWatch(task: task, wanted: state)))
    case .holds(let condition):
      conditions.append(Point(number: number, subject: ConditionWatch(condition: condition)))
    case .changes(let value):
      values.append(Point(number: number, subject: ValueWatch(value: value)))
    }
  }

  func observe(_ event: Event) {
    for (index, point) in heard.enumerated() {
      guard let filter = point.subject.filter(for: event.action) else { continue }
      if case .task(let task) = filter, task != event.task { continue }
      candidates.append((index, filter, event))
    }
  }

  /// Somebody outside has done something: what happened is no move, and what is there now is before the next.
  func noteAct(_ scheduler: Scheduler) {
    candidates.removeAll(keepingCapacity: true)
    now = scheduler.now
    lookBefore(scheduler)
  }

  private func lookBefore(_ scheduler: Scheduler) {
    guard comparesStates else { return }
    for index in states.indices {
      states[index].subject.before = scheduler.standing(of: states[index].subject.task)
    }
    for index in conditions.indices {
      conditions[index].subject.before = conditions[index].subject.condition(scheduler)
    }
    for index in values.indices {
      values[index].subject.before = values[index].subject.value(scheduler)
    }
  }

  /// What a move has hit, one hit for each breakpoint, by their numbers.
  ///
  /// O(1) in the number of tasks, unless a deadlock is looked out for, or a condition costs more.
  @inline(__always)
  func hits(after result: StepResult, _ scheduler: Scheduler) -> [BreakpointHit] {
    var hits: [BreakpointHit] = []
    if case .dispatched(let task) = result {
      for point in tasks where point.subject == task {
        hits.append(dispatch(point.number, task, scheduler))
      }
      if isMoreThanTasks { lookAtDispatch(of: task, scheduler, &hits) }
    }
    if isMoreThanTasks { look(scheduler, result, &hits) }
    if hits.count > 1 { hits.sort { $0.breakpoint < $1.breakpoint } }
    return hits
  }

  /// Whether there is more to look at than which task ran.
  private lazy var isMoreThanTasks =
    !(heard.isEmpty && names.isEmpty && dispatches.isEmpty && ticks.isEmpty && deadlocks.isEmpty
    && !comparesStates)

  private func dispatch(_ number: Int, _ task: TaskID, _ scheduler: Scheduler) -> BreakpointHit {
    BreakpointHit(
      breakpoint: number,
      task: task,
      tick: scheduler.now - 1,
      cause: .event(.dispatched)
    )
  }

  private func lookAtDispatch(
    of task: TaskID,
    _ scheduler: Scheduler,
    _ hits: inout [BreakpointHit]
  ) {
    for number in dispatches { hits.append(dispatch(number, task, scheduler)) }
    guard !names.isEmpty, let name = scheduler.name(of: task) else { return }
    for point in names where point.subject == name {
      hits.append(dispatch(point.number, task, scheduler))
    }
  }

  private func look(
    _ scheduler: Scheduler,
    _ result: StepResult,
    _ hits: inout [BreakpointHit]
  ) {
    takeCandidates(scheduler, &hits)
    for point in ticks where now < point.subject && point.subject <= scheduler.now {
      hits.append(hit(point.number, scheduler, .reached(point.subject)))
    }
    now = scheduler.now
    if !deadlocks.isEmpty, let deadlock = scheduler.deadlock(after: result) {
      for number in deadlocks { hits.append(hit(number, scheduler, .deadlock(deadlock))) }
    }
    if comparesStates { compare(scheduler, result, &hits) }
  }

  private func hit(
    _ number: Int,
    _ scheduler: Scheduler,
    task: TaskID = .operator,
    _ cause: BreakpointHit.Cause
  ) -> BreakpointHit {
    BreakpointHit(breakpoint: number, task: task, tick: scheduler.now, cause: cause)
  }

  /// The first event of each point that is its own.
  private func takeCandidates(_ scheduler: Scheduler, _ hits: inout [BreakpointHit]) {
    guard !candidates.isEmpty else { return }
    defer { candidates.removeAll(keepingCapacity: true) }
    for (index, filter, event) in candidates {
      let number = heard[index].number
      if hits.contains(where: { $0.breakpoint == number }) { continue }
      if case .named(let name) = filter, name != self.name(in: event, scheduler) { continue }
      hits.append(
        BreakpointHit(
          breakpoint: number,
          task: event.task,
          tick: event.tick,
          cause: .event(event.action)
        )
      )
    }
  }

  private func name(in event: Event, _ scheduler: Scheduler) -> String? {
    if case .spawned(let name, _) = event.action { name } else { scheduler.name(of: event.task) }
  }

  private func compare(
    _ scheduler: Scheduler,
    _ result: StepResult,
    _ hits: inout [BreakpointHit]
  ) {
    func hasRun(_ task: TaskID) -> Bool {
      if case .dispatched(task) = result { true } else { false }
    }
    for index in states.indices {
      let (number, watch) = (states[index].number, states[index].subject)
      let after = scheduler.standing(of: watch.task)
      states[index].subject.before = after
      let hasEntered = Self.hasEntered(
        watch.wanted,
        from: watch.before,
        to: after,
        hasRun(watch.task)
      )
      if hasEntered {
        hits.append(
          hit(number, scheduler, task: watch.task, .entered(watch.wanted, from: watch.before?.kind))
        )
      }
    }
    for index in conditions.indices {
      let before = conditions[index].subject.before
      let after = conditions[index].subject.condition(scheduler)
      conditions[index].subject.before = after
      if after && !before { hits.append(hit(conditions[index].number, scheduler, .held)) }
    }
    for index in values.indices {
      let before = values[index].subject.before
      let after = values[index].subject.value(scheduler)
      guard after != before else { continue }
      values[index].subject.before = after
      hits.append(hit(values[index].number, scheduler, .changed(from: before, to: after)))
    }
  }

  private static func hasEntered(
    _ wanted: TaskState.Kind,
    from before: TaskStanding?,
    to after: TaskStanding?,
    _ hasRun: Bool
  ) -> Bool {
    switch wanted {
    // Whoever looks between two moves sees hardly any task with the CPU.
    case .running: hasRun && before?.kind != .running
    // One that has ended may have been forgotten at once.
    case .exited where after == nil: before.map { $0.kind != .exited } ?? false
    default: after?.kind == wanted && after != before
    }
  }
}
