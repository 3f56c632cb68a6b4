import CorosKernel

/// Watches for breakpoints during a run, move by move.
///
/// It observes the kinds of events that its breakpoints need, and no others. For the rest it compares the
/// machine before and after a move: so it must be told of acts between two moves.
final class BreakpointWatch: Observer {
  let interests: Event.Kinds

  /// The points that events tell of.
  private var heard: [(number: Int, point: StopPoint)] = []
  @exclusivity(unchecked) private var tasks: ContiguousArray<(number: Int, task: TaskID)> = []
  /// The points that every dispatch hits.
  private var dispatches: [Int] = []
  /// The ticks that have not come, earliest first.
  private var ticks: [(number: Int, tick: Tick)] = []
  private var deadlocks: [Int] = []
  /// The points at which recorders find something, and how often they have.
  private var finds: [(number: Int, kind: String, before: Int)] = []
  private let finders: [any Finder]
  /// What must hold as well, by the numbers of the breakpoints.
  private let conditions: [Int: (Scheduler) -> Bool]
  private var comparison = BeforeAndAfter()

  // What decides, in most moves, that there is nothing to see. Not exclusivity-checked: they are read after
  // each step of a run, when nothing else runs.
  /// Whether every move must be examined.
  @exclusivity(unchecked) private var isCurious = false
  /// The first of `ticks`.
  @exclusivity(unchecked) private(set) var nextTick = Tick.max
  /// What events have hit in this move.
  @exclusivity(unchecked) private var heardHits: [BreakpointHit] = []
  private let scheduler: Scheduler

  /// Begins with the scheduler as it stands.
  ///
  /// - Parameters:
  ///   - breakpoints: the enabled ones.
  ///   - scheduler: the scheduler. Who attaches the watch to it must detach it again, since each keeps the other
  ///     alive.
  ///   - finders: the recorders that find something, which listen to it.
  init(_ breakpoints: [Breakpoint], _ scheduler: Scheduler, _ finders: [any Finder]) {
    self.scheduler = scheduler
    self.finders = finders
    conditions = Dictionary(
      uniqueKeysWithValues: breakpoints.compactMap { point in
        point.condition.map { (point.number, $0) }
      }
    )
    interests = breakpoints.reduce(into: []) { $0.formUnion($1.point.interests) }
    for breakpoint in breakpoints { sort(breakpoint.number, breakpoint.point) }
    ticks.sort { $0.tick < $1.tick }
    nextTick = ticks.first?.tick ?? .max
    isCurious =
      !(dispatches.isEmpty && deadlocks.isEmpty && comparison.isEmpty && finds.isEmpty)
    comparison.lookBefore(scheduler)
  }

  /// Begins to hear what happens on the scheduler.
  func attach() {
    if !interests.isEmpty { scheduler.add(self) }
    if looksBeforeChoice { scheduler.tasksHaveWoken = { [self] in lookBeforeChoice() } }
  }

  /// Hears no more.
  func detach() {
    scheduler.remove(self)
    scheduler.tasksHaveWoken = nil
  }

  private func sort(_ number: Int, _ point: StopPoint) {
    switch point {
    case .spawned, .calls, .line, .ends, .killed, .writes, .shares, .runs(.named):
      heard.append((number, point))
    case .finds(let kind): finds.append((number, kind, count(of: kind)))
    case .runs(.task(let task)): tasks.append((number, task))
    case .runs(.any): dispatches.append(number)
    case .tick(let tick): if tick > scheduler.now { ticks.append((number, tick)) }
    case .deadlock: deadlocks.append(number)
    case .enters(let task, let state): comparison.add(number, task, state)
    case .holds(let condition): comparison.add(number, condition: condition)
    case .changes(let value): comparison.add(number, value: value)
    }
  }

  /// Keeps the first event that hits each point.
  ///
  /// Names are looked up here, since a task that ends may be forgotten before the move is over.
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

  /// Notes that the operator did something: its events hit nothing, and the next move is compared with now.
  func noteAct() {
    heardHits.removeAll(keepingCapacity: true)
    comparison.lookBefore(scheduler)
    for index in finds.indices { finds[index].before = count(of: finds[index].kind) }
  }

  private func count(of kind: String) -> Int {
    finders.reduce(0) { $0 + $1.findingCount(of: kind) }
  }

  private func lookAtFindings(after task: TaskID, _ hits: inout [BreakpointHit]) {
    for index in finds.indices {
      let (number, kind, before) = finds[index]
      let now = count(of: kind)
      finds[index].before = now
      guard now > before,
        let found = finders.lazy.compactMap({ $0.lastFinding(of: kind, self.scheduler) }).first
      else { continue }
      hits.append(
        BreakpointHit(number, scheduler, task: found.task, after: task, .found(found.text))
      )
    }
  }

  /// Looks at the tasks that have woken or arrived at the beginning of a tick, one of which may run at once.
  func lookBeforeChoice() {
    comparison.compareInTick(scheduler, &heardHits)
  }

  /// Whether it must look before the choice of each tick.
  var looksBeforeChoice: Bool { !comparison.isEmpty }

  /// What a move has hit, one hit for each breakpoint, sorted by number.
  ///
  /// A few instructions where there is nothing to see. O(1) in the number of tasks, unless it watches for a
  /// deadlock, or a condition costs more.
  ///
  /// - Parameter task: the task that ran; the operator when only the clock moved.
  /// - Returns: the hits.
  @inline(__always)
  func hits(after task: TaskID) -> [BreakpointHit] {
    let mayBeAny =
      isCurious || scheduler.now >= nextTick || !heardHits.isEmpty
      || !tasks.isEmpty && tasks.contains { $0.task == task }
    return mayBeAny ? look(after: task) : []
  }

  private func look(after task: TaskID) -> [BreakpointHit] {
    let heard = heardHits
    var hits = heard
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
    lookAtFindings(after: task, &hits)
    comparison.compare(scheduler, task, &hits)
    if hits.count > 1 { keepFirst(of: &hits) }
    if !conditions.isEmpty {
      hits.removeAll { conditions[$0.breakpoint].map { !$0(scheduler) } ?? false }
    }
    if hits.count > 1 { hits.sort { $0.breakpoint < $1.breakpoint } }
    return hits
  }

  /// Keeps the first hit of each breakpoint: what was true before the choice may have become true again.
  private func keepFirst(of hits: inout [BreakpointHit]) {
    var seen: Set<Int> = []
    hits.removeAll { !seen.insert($0.breakpoint).inserted }
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
  /// A hit found after a move in which a task ran; the operator stands for a move of the clock alone.
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
