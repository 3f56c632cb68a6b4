import CorosKernel

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
  /// What was heard in this move.
  @exclusivity(unchecked) private var heardHits: [BreakpointHit] = []
  private let scheduler: Scheduler

  /// Begins where a scheduler stands.
  ///
  /// - Parameters:
  ///   - breakpoints: those that are enabled.
  ///   - scheduler: the scheduler. Whoever has it listen removes it again, since each keeps the other.
  init(_ breakpoints: [Breakpoint], _ scheduler: Scheduler) {
    self.scheduler = scheduler
    interests = breakpoints.reduce(into: []) { $0.formUnion($1.point.interests) }
    for breakpoint in breakpoints { sort(breakpoint.number, breakpoint.point) }
    ticks.sort { $0.tick < $1.tick }
    nextTick = ticks.first?.tick ?? .max
    isCurious = !(dispatches.isEmpty && deadlocks.isEmpty && comparison.isEmpty)
    comparison.lookBefore(scheduler)
  }

  private func sort(_ number: Int, _ point: StopPoint) {
    switch point {
    case .spawned, .calls, .ends, .killed, .writes, .runs(.named): heard.append((number, point))
    case .runs(.task(let task)): tasks.append((number, task))
    case .runs(.any): dispatches.append(number)
    case .tick(let tick): if tick > scheduler.now { ticks.append((number, tick)) }
    case .deadlock: deadlocks.append(number)
    case .enters(let task, let state): comparison.add(number, task, state)
    case .holds(let condition): comparison.add(number, condition: condition)
    case .changes(let value): comparison.add(number, value: value)
    }
  }

  /// Keeps the first event of each point that is its own.
  ///
  /// Names are asked for here, since one that ends may be forgotten before the move is over.
  func observe(_ event: Event) {
    for (number, point) in heard {
      guard !heardHits.contains(where: { $0.breakpoint == number }),
        point.matches(event, name: { self.name(in: event) })
      else { continue }
      let cause = BreakpointHit.Cause.event(event.action)
      heardHits.append(
        BreakpointHit(breakpoint: number, task: event.task, tick: event.tick, cause: cause)
      )
    }
  }

  private func name(in event: Event) -> String? {
    if case .spawned(let name, _) = event.action { name } else { scheduler.name(of: event.task) }
  }

  /// Somebody outside has done something: what happened is no move, and what is there now is before the next.
  func noteAct() {
    heardHits.removeAll(keepingCapacity: true)
    comparison.lookBefore(scheduler)
  }

  /// What a move has hit, one hit for each breakpoint, by their numbers.
  ///
  /// A few instructions where there is nothing to see. O(1) in the number of tasks, unless a deadlock is
  /// looked out for, or a condition costs more.
  ///
  /// - Parameter task: who ran; the operator where only the clock moved.
  /// - Returns: the hits.
  @inline(__always)
  func hits(after task: TaskID) -> [BreakpointHit] {
    let mayBeAny =
      isCurious || scheduler.now >= nextTick || !heardHits.isEmpty
      || !tasks.isEmpty && tasks.contains { $0.task == task }
    return mayBeAny ? look(after: task) : []
  }

  private func look(after task: TaskID) -> [BreakpointHit] {
    var hits = heardHits
    heardHits.removeAll(keepingCapacity: true)
    if task != .operator { lookAtDispatch(of: task, &hits) }
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

  private func lookAtDispatch(of task: TaskID, _ hits: inout [BreakpointHit]) {
    for number in tasks.filter({ $0.task == task }).map(\.number) + dispatches {
      hits.append(
        BreakpointHit(number, scheduler, task: task, after: task, .event(.dispatched))
      )
    }
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
