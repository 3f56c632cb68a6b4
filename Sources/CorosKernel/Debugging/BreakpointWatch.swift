/// Looks out for breakpoints during a run, move by move.
///
/// What events tell of it hears as an observer, of those kinds alone. What can be seen after a move it looks
/// at, and compares with what was there before the move: so it is told when somebody outside has done
/// something between two moves.
final class BreakpointWatch: Observer {
  let interests: Event.Kinds

  /// Points that events tell of.
  private var heard: [(number: Int, point: StopPoint)] = []
  @exclusivity(unchecked) private var tasks: ContiguousArray<(number: Int, task: TaskID)> = []
  private var names: [(number: Int, name: String)] = []
  /// Points of every task.
  private var dispatches: [Int] = []
  /// Those that are yet to come.
  private var ticks: [(number: Int, tick: Tick)] = []
  private var deadlocks: [Int] = []
  private var comparison = BeforeAndAfter()

  // What decides, in most moves, that there is nothing to see. Not exclusivity-checked: they are read after
  // each step of a run, and nobody else is at work then.
  /// Whether each move is to be looked at.
  @exclusivity(unchecked) private var isCurious = false
  /// The first of the ticks that are yet to come.
  @exclusivity(unchecked) private var nextTick = Tick.max
  /// What happened in this move, and may be a hit if the task is as wanted.
  @exclusivity(unchecked) private var candidates: [Candidate] = []

  private struct Candidate {
    let number: Int
    let filter: TaskFilter
    let event: Event
  }

  /// Begins where a scheduler stands.
  ///
  /// - Parameters:
  ///   - breakpoints: those that are enabled.
  ///   - scheduler: the scheduler; whether to listen to it is the caller's affair.
  init(_ breakpoints: [Breakpoint], _ scheduler: Scheduler) {
    interests = breakpoints.reduce(into: []) { $0.formUnion($1.point.interests) }
    for breakpoint in breakpoints { sort(breakpoint.number, breakpoint.point, scheduler.now) }
    ticks.sort { $0.tick < $1.tick }
    nextTick = ticks.first?.tick ?? .max
    isCurious = !(names.isEmpty && dispatches.isEmpty && deadlocks.isEmpty && comparison.isEmpty)
    comparison.lookBefore(scheduler)
  }

  private func sort(_ number: Int, _ point: StopPoint, _ now: Tick) {
    switch point {
    case .spawned, .calls, .ends, .killed, .writes: heard.append((number, point))
    case .runs(.task(let task)): tasks.append((number, task))
    case .runs(.named(let name)): names.append((number, name))
    case .runs(.any): dispatches.append(number)
    case .tick(let tick): if tick > now { ticks.append((number, tick)) }
    case .deadlock: deadlocks.append(number)
    case .enters(let task, let state): comparison.add(number, task, state)
    case .holds(let condition): comparison.add(number, condition: condition)
    case .changes(let value): comparison.add(number, value: value)
    }
  }

  func observe(_ event: Event) {
    for (number, point) in heard {
      guard let filter = point.filter(for: event.action) else { continue }
      if case .task(let task) = filter, task != event.task { continue }
      candidates.append(Candidate(number: number, filter: filter, event: event))
    }
  }

  /// Somebody outside has done something: what happened is no move, and what is there now is before the next.
  func noteAct(_ scheduler: Scheduler) {
    candidates.removeAll(keepingCapacity: true)
    comparison.lookBefore(scheduler)
  }

  /// Whether there is anything to see after a move; a few instructions.
  @inline(__always)
  func mayHaveHits(after task: TaskID, _ now: Tick) -> Bool {
    isCurious || now >= nextTick || !candidates.isEmpty
      || !tasks.isEmpty && tasks.contains { $0.task == task }
  }

  /// What a move has hit, one hit for each breakpoint, by their numbers.
  ///
  /// O(1) in the number of tasks, unless a deadlock is looked out for, or a condition costs more.
  ///
  /// - Parameters:
  ///   - task: who ran; the operator where only the clock moved.
  ///   - scheduler: the scheduler, as it stands after the move.
  /// - Returns: the hits.
  func hits(after task: TaskID, _ scheduler: Scheduler) -> [BreakpointHit] {
    var hits: [BreakpointHit] = []
    if task != .operator { lookAtDispatch(of: task, scheduler, &hits) }
    takeCandidates(scheduler, &hits)
    while let (number, tick) = ticks.first, tick <= scheduler.now {
      hits.append(
        BreakpointHit(
          breakpoint: number,
          task: .operator,
          tick: scheduler.now,
          cause: .reached(tick)
        )
      )
      ticks.removeFirst()
      nextTick = ticks.first?.tick ?? .max
    }
    if !deadlocks.isEmpty, let deadlock = scheduler.deadlock(after: task) {
      for number in deadlocks {
        hits.append(BreakpointHit(number, scheduler, after: task, .deadlock(deadlock)))
      }
    }
    comparison.compare(scheduler, task, &hits)
    if hits.count > 1 { hits.sort { $0.breakpoint < $1.breakpoint } }
    return hits
  }

  private func lookAtDispatch(
    of task: TaskID,
    _ scheduler: Scheduler,
    _ hits: inout [BreakpointHit]
  ) {
    let name = names.isEmpty ? nil : scheduler.name(of: task)
    let numbers =
      tasks.filter { $0.task == task }.map(\.number) + dispatches
      + names.filter { $0.name == name }.map(\.number)
    for number in numbers {
      hits.append(
        BreakpointHit(
          breakpoint: number,
          task: task,
          tick: scheduler.now - 1,
          cause: .event(.dispatched)
        )
      )
    }
  }

  /// The first event of each point that is its own.
  private func takeCandidates(_ scheduler: Scheduler, _ hits: inout [BreakpointHit]) {
    for candidate in candidates {
      let event = candidate.event
      if hits.contains(where: { $0.breakpoint == candidate.number }) { continue }
      if case .named(let name) = candidate.filter, name != self.name(in: event, scheduler) {
        continue
      }
      hits.append(
        BreakpointHit(
          breakpoint: candidate.number,
          task: event.task,
          tick: event.tick,
          cause: .event(event.action)
        )
      )
    }
    candidates.removeAll(keepingCapacity: true)
  }

  private func name(in event: Event, _ scheduler: Scheduler) -> String? {
    if case .spawned(let name, _) = event.action { name } else { scheduler.name(of: event.task) }
  }
}

extension BreakpointHit {
  /// A hit that shows in a scheduler after a move in which a task ran, or the operator if none did.
  init(
    _ number: Int,
    _ scheduler: Scheduler,
    task: TaskID = .operator,
    after ran: TaskID,
    _ cause: Cause
  ) {
    let tick = ran == .operator ? scheduler.now : scheduler.now - 1
    self.init(breakpoint: number, task: task, tick: tick, cause: cause)
  }
}
