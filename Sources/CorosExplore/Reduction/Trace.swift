import CorosKernel

/// The steps of a run in the order in which they happened, and which of them had to happen before which.
///
/// By vector clocks: that of a step says for each task which of its steps came before for a reason. Everything is in
/// stacks, so that going back is cheap.
struct Trace {
  struct Event {
    let task: Int
    let footprint: Int32
    /// What its call waits for where it waits; nil for a call that never does so.
    let attempt: Attempt?
  }

  /// An access to a part of the machine.
  private struct Access {
    let event: Int
    let isChange: Bool
    /// What there was to be had before; nil for what nobody waits for.
    let offer: Offer?

    /// Whether a call need not have waited before.
    func allows(_ attempt: Attempt?) -> Bool {
      guard let attempt else { return true }
      return offer?.meets(attempt) ?? true
    }
  }

  /// Two steps that could have come in the other order.
  struct Race {
    let first: Int
    let second: PlannedStep
    /// Which of the steps of its task the other step is.
    let index: Int
    /// The other step's place; the number of steps for one that was not made.
    let place: Int
  }

  private let rules: DependenceRules
  private(set) var events: ContiguousArray<Event> = []
  /// For each step and each task, one more than the last of the task's steps that came before; `width` for each step.
  private var clocks: ContiguousArray<Int32> = []
  private var width = 8
  /// The steps of each task.
  private var own: ContiguousArray<ContiguousArray<Int>> = []
  /// The steps of each task, oldest first.
  var steps: ContiguousArray<ContiguousArray<Int>> { own }
  /// How many steps a task has made.
  func stepCount(of task: TaskID) -> Int {
    task.rawValue < own.count ? own[task.rawValue].count : 0
  }
  /// The steps that have woken or created each task.
  private var wakers: ContiguousArray<ContiguousArray<Int>> = []
  private var accesses: ContiguousArray<ContiguousArray<Access>> = []
  /// What objects have to offer now.
  private var offers: ContiguousArray<Offer?> = []
  /// The steps that have kept ready tasks from going on, and which: who is killed or stopped makes no step that shows it.
  private var hindered: ContiguousArray<(event: Int, task: TaskID)> = []
  /// Whether any step has.
  var hasHindered: Bool { !hindered.isEmpty }
  /// The steps that read the clock, or were made while a timer ran: all others conflict with them.
  private var timed: ContiguousArray<Int> = []

  // Kept for their memory.
  private var rivals: ContiguousArray<Int> = []
  private var enablers: ContiguousArray<Int> = []
  private var start: ContiguousArray<Int32> = []

  init(_ rules: DependenceRules) { self.rules = rules }

  var count: Int { events.count }

  /// Whether the first step had to come before the second.
  @inline(__always)
  func comesBefore(_ first: Int, _ second: Int) -> Bool {
    clocks[second * width + events[first].task] > first
  }

  // MARK: Going on and back

  /// Notes what an object has to offer before the first step.
  mutating func begin(with offer: Offer?, of resource: Int32) {
    reserve(resource)
    offers[Int(resource)] = offer
  }

  /// Notes that a step has woken a task.
  mutating func wake(_ task: TaskID, by event: Int) {
    guard rules.contains(.wakes) else { return }
    makeRoom(for: task.rawValue)
    wakers[task.rawValue].append(event)
  }

  /// Notes that the last step has kept a task from going on that was ready.
  mutating func hinder(_ task: TaskID) { hindered.append((events.count - 1, task)) }

  /// Collects the races of steps that were hindered: they could have come before.
  ///
  /// - Parameters:
  ///   - anything: a footprint that conflicts with all, since nothing is known of these steps.
  ///   - races: where they are added.
  func collectHindered(_ anything: Int32, _ races: inout [Race]) {
    for (event, task) in hindered {
      let step = PlannedStep(task: task, footprint: anything)
      let index = task.rawValue < own.count ? own[task.rawValue].count { $0 < event } : 0
      races.append(Race(first: event, second: step, index: index, place: events.count))
    }
  }

  /// Appends a step, and collects its races with those before.
  mutating func append(
    _ task: TaskID,
    _ number: Int32,
    _ footprint: Footprint,
    attempt: Attempt?,
    offers current: (Int32) -> Offer?,
    races: inout [Race]
  ) {
    let index = events.count
    // What need not wait though there is nothing to be had, as on a closed channel, is no attempt.
    let attempt = attempt.flatMap { isMet($0, footprint) ? $0 : nil }
    appendClock(of: task, number, footprint, attempt, races: &races)
    events.append(Event(task: task.rawValue, footprint: number, attempt: attempt))
    clocks[index * width + task.rawValue] = Int32(index + 1)
    own[task.rawValue].append(index)
    for resource in footprint.reads {
      note(resource, Access(event: index, isChange: false, offer: nil))
    }
    for resource in footprint.changes {
      reserve(resource)
      note(resource, Access(event: index, isChange: true, offer: offers[Int(resource)]))
      offers[Int(resource)] = current(resource)
    }
    if footprint.isTimed { timed.append(index) }
  }

  private func isMet(_ attempt: Attempt, _ footprint: Footprint) -> Bool {
    (attempt == .hasEnded ? footprint.reads : footprint.changes).allSatisfy {
      Int($0) >= offers.count || offers[Int($0)]?.meets(attempt) ?? true
    }
  }

  /// Collects the races of a step that waits and was not made.
  mutating func collectRaces(
    of task: TaskID,
    _ number: Int32,
    _ footprint: Footprint,
    attempt: Attempt?,
    _ races: inout [Race]
  ) {
    appendClock(of: task, number, footprint, attempt, isStuck: true, races: &races)
    clocks.removeLast(width)
  }

  private mutating func note(_ resource: Int32, _ access: Access) {
    reserve(resource)
    accesses[Int(resource)].append(access)
  }

  private mutating func reserve(_ resource: Int32) {
    while accesses.count <= Int(resource) {
      accesses.append([])
      offers.append(nil)
    }
  }

  /// Forgets the steps from a place on.
  mutating func truncate(to count: Int, _ table: FootprintTable) {
    while events.count > count {
      let event = events.removeLast()
      own[event.task].removeLast()
      let footprint = table.footprints[Int(event.footprint)]
      for resource in footprint.reads { accesses[Int(resource)].removeLast() }
      for resource in footprint.changes {
        let access = accesses[Int(resource)].removeLast()
        offers[Int(resource)] = access.offer
      }
      if footprint.isTimed { timed.removeLast() }
    }
    clocks.removeLast(clocks.count - count * width)
    while let last = hindered.last, last.event >= count { hindered.removeLast() }
    for task in wakers.indices {
      while let last = wakers[task].last, last >= count { wakers[task].removeLast() }
    }
  }

  private mutating func makeRoom(for task: Int) {
    if task >= width {
      let wider = max(task + 1, 2 * width)
      var moved = ContiguousArray<Int32>(repeating: 0, count: events.count * wider)
      for event in events.indices {
        for other in 0..<width { moved[event * wider + other] = clocks[event * width + other] }
      }
      (clocks, width) = (moved, wider)
    }
    while own.count <= task {
      own.append([])
      wakers.append([])
    }
  }

  // MARK: Races

  /// Appends the clock of the next step, joined from all that it depends on; collects the races on the way.
  private mutating func appendClock(
    of task: TaskID,
    _ number: Int32,
    _ footprint: Footprint,
    _ attempt: Attempt?,
    isStuck: Bool = false,
    races: inout [Race]
  ) {
    makeRoom(for: task.rawValue)
    clocks.append(contentsOf: repeatElement(0, count: width))
    let last = own[task.rawValue].last ?? -1
    if last >= 0 { join(last) }
    for waker in wakers[task.rawValue] where waker > last { join(waker) }
    let step = PlannedStep(task: task, footprint: number)
    if footprint.isTimed || !timed.isEmpty { joinConflictsWithTime(step, footprint, &races) }
    // Steps that only made this one possible are no races, and do not hide those with what came before them.
    collect(footprint, attempt, isStuck)
    // An attempt could have been made before whatever has kept it from being made since.
    start.shorten(to: 0)
    if attempt != nil { start.append(contentsOf: clocks.suffix(width)) }
    let index = own[task.rawValue].count
    for rival in rivals {
      let task = events[rival].task
      let known = start.isEmpty ? clocks[events.count * width + task] : start[task]
      if known > rival { continue }
      races.append(Race(first: rival, second: step, index: index, place: events.count))
      join(rival)
    }
    for enabler in enablers { join(enabler) }
  }

  /// Collects the steps that a new one conflicts with, latest first: as rivals those before which it could have been
  /// made, as enablers those before which it would have waited.
  ///
  /// - Parameters:
  ///   - footprint: what it touches.
  ///   - attempt: what its call waits for where it waits.
  ///   - isStuck: whether it waits still.
  private mutating func collect(_ footprint: Footprint, _ attempt: Attempt?, _ isStuck: Bool) {
    rivals.shorten(to: 0)
    enablers.shorten(to: 0)
    let attempt = rules.contains(.releases) ? attempt : nil
    for resource in footprint.changes where Int(resource) < accesses.count {
      var isPossible = !isStuck
      for access in accesses[Int(resource)].reversed() {
        if access.isChange { isPossible = access.allows(attempt) }
        if attempt != nil, !isPossible {
          enablers.append(access.event)
          continue
        }
        rivals.append(access.event)
        if access.isChange { break }
      }
    }
    for resource in footprint.reads where Int(resource) < accesses.count {
      for access in accesses[Int(resource)].reversed() where access.isChange {
        if attempt == .hasEnded, !access.allows(attempt) {
          enablers.append(access.event)
          continue
        }
        rivals.append(access.event)
        break
      }
    }
    if rivals.count > 1 { rivals.sort(by: >) }
  }

  private mutating func joinConflictsWithTime(
    _ step: PlannedStep,
    _ footprint: Footprint,
    _ races: inout [Race]
  ) {
    let places = footprint.isTimed ? ContiguousArray(events.indices) : timed
    let index = own[step.task.rawValue].count
    for place in places.reversed() where clocks[events.count * width + events[place].task] <= place
    {
      races.append(Race(first: place, second: step, index: index, place: events.count))
      join(place)
    }
  }

  /// Joins the clock of a step into the one that was appended last.
  @inline(__always)
  private mutating func join(_ event: Int) {
    let width = width
    let (from, to) = (event * width, events.count * width)
    clocks.withUnsafeMutableBufferPointer { clocks in
      for task in 0..<width { clocks[to + task] = max(clocks[to + task], clocks[from + task]) }
    }
  }

  /// What comes after the first step of a race and not because of it, and then the second.
  func reversal(of race: Race) -> [PlannedStep] {
    var result: [PlannedStep] = []
    for event in race.first + 1..<max(race.first + 1, events.count)
    where !comesBefore(race.first, event) {
      result.append(
        PlannedStep(
          task: TaskID(rawValue: events[event].task),
          footprint: events[event].footprint
        )
      )
    }
    return result + [race.second]
  }
}
