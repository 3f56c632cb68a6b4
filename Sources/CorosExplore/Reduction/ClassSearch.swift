import CorosKernel

/// Optimal dynamic partial order reduction: one run of each class of schedules that differ only in the order of steps
/// which cannot tell it.
///
/// After each run, for any two steps that could have come in the other order, a beginning in which they do is planned
/// in the state before the first of them, unless a run from there leads to the same. What was tried from a state sleeps
/// in what comes after it, until a step conflicts with it. (Abdulla, Aronis, Jonsson and Sagonas, POPL 2014.)
///
/// It is careful, and begins runs that it has to cut, where what a step touches depends on what came before it; where
/// tasks stop, kill or cancel one another; and wherever time matters.
struct ClassSearch: Search {
  private struct Node {
    /// The tasks whose step from here was tried, so that runs with it soon are known.
    var sleeping: [PlannedStep]
    /// What is planned.
    var plans: WakeupTree
    /// The tasks whose calls could only wait.
    var waiting: [Waiting]
    /// The tasks that were ready here.
    var ready: ContiguousArray<TaskID>
    var chosen: PlannedStep?
  }

  private struct Waiting {
    let task: TaskID
    let footprint: Int32
    let attempt: Attempt?
  }

  private let postponing: Postponing
  private var waits: WaitCheck
  private var table = FootprintTable()
  private var unions = StepUnions()
  private var trace: Trace
  private var nodes: ContiguousArray<Node> = []
  /// The races of the steps on the way, and of those that were not made.
  private var races: [Trace.Race] = []
  /// Where the steps of this run begin that were not in the one before.
  private var beginning = 0
  /// What follows in the plan that is being carried out.
  private var plan = WakeupTree()
  /// How runs begin, one part of them after the other.
  private let beginnings: [ClassBeginning]
  private var nextBeginning = 0
  private var reading: StepReading
  private var probe: SharingProbe
  private let rules: DependenceRules
  private let isOptimal: Bool
  /// Changes what a step is said to touch; tests do.
  var adjust: ((inout Footprint, Ground) -> Void)?
  /// Tasks that share something which no call shows.
  var hidden: HiddenSharing? { probe.found }
  /// How calls have to be put off, since it was wrong how they were; nil when all is well.
  ///
  /// The search then ends at once.
  var remedy: Postponing? { waits.remedy }
  /// Whether source sets are needed for all classes, as tasks stop, kill or cancel one another, or time matters.
  ///
  /// What such a step touches is decided by what its victim does, and which steps are timed by who sleeps, so that two
  /// steps may conflict in one order of other steps and not in another. Beginnings that are planned by optimal sets then
  /// may stand for one another in a circle, and for a class that nobody tries. The search then ends at once.
  private(set) var needsSources = false

  private var mustBeginAnew: Bool { needsSources || remedy != nil }

  /// Makes the search.
  ///
  /// - Parameters:
  ///   - postponing: which calls that would wait are put off.
  ///   - isOptimal: whether no run is begun that must be cut; if not, less is kept.
  ///   - properties: what must hold.
  ///   - beginnings: how runs begin.
  ///   - rules: what is taken into account.
  init(
    postponing: Postponing,
    isOptimal: Bool = true,
    properties: [Property],
    beginnings: [ClassBeginning] = [ClassBeginning()],
    rules: DependenceRules = .all
  ) {
    self.postponing = postponing
    waits = WaitCheck(postponing)
    self.isOptimal = isOptimal
    self.beginnings = beginnings
    self.rules = rules
    trace = Trace(rules)
    reading = StepReading(properties, rules)
    probe = SharingProbe(properties)
  }

  mutating func begin(run: Int) -> Prefix? {
    if mustBeginAnew { return nil }
    while let last = nodes.indices.last, last >= given.path.count {
      if let chosen = nodes[last].chosen { nodes[last].sleeping.append(chosen) }
      nodes[last].chosen = nil
      if !nodes[last].plans.isEmpty {
        trace.truncate(to: last, table)
        while let race = races.last, race.place >= last { races.removeLast() }
        beginning = last
        return Prefix(depth: last, isLast: false)
      }
      nodes.removeLast()
    }
    return beginNext()
  }

  /// How the present runs begin.
  private var given: ClassBeginning {
    nextBeginning > 0 ? beginnings[nextBeginning - 1] : ClassBeginning()
  }

  private mutating func beginNext() -> Prefix? {
    guard nextBeginning < beginnings.count else { return nil }
    nextBeginning += 1
    nodes.removeAll()
    races.removeAll()
    trace.truncate(to: 0, table)
    beginning = 0
    return Prefix(depth: 0, isLast: false)
  }

  // MARK: Choosing

  mutating func choose(on ground: Ground) -> Move {
    if mustBeginAnew { return .cut }
    if !ground.isListening { ground.listen() }
    if postponing.isOn, !ground.postpones {
      ground.objectsWithQueues = postponing.exceptions
      ground.postpones = true
    }
    if nodes.isEmpty { noteOffers(on: ground) }
    if nodes.count == ground.depth { open(on: ground) }
    let node = nodes.count - 1
    reading.begin(on: ground)
    if node < given.path.count { return .task(given.path[node]) }
    plan = WakeupTree()
    var isPlanAsleep = false
    while let branch = nodes[node].plans.popFirst() {
      if nodes[node].sleeping.contains(where: { $0.task == branch.task }) {
        isPlanAsleep = true
      } else if ground.ready.contains(branch.task) {
        plan = branch.rest
        return .task(branch.task)
      } else {
        // It cannot be made here; what it stands for as well is found by any other step.
        isPlanAsleep = false
        break
      }
    }
    if isPlanAsleep { return .cut }
    var isAnyAwake = false
    var isAnyAsleep = false
    var chosen: TaskID?
    for task in ground.ready where !nodes[node].waiting.contains(where: { $0.task == task }) {
      if nodes[node].sleeping.contains(where: { $0.task == task }) {
        isAnyAsleep = true
      } else if !isAnyAwake || task == ground.path.last {
        isAnyAwake = true
        chosen = task
      }
    }
    if let chosen { return .task(chosen) }
    return isAnyAsleep ? .cut : .stuck
  }

  /// Notes what there is to wait for before the first step.
  private mutating func noteOffers(on ground: Ground) {
    let objects = ground.scheduler.objects.map { Touch.Resource.object($0.id) }
    let lives = ground.scheduler.tasks().map { Touch.Resource.life($0.tid) }
    for resource in objects + lives {
      let number = ground.listener.number(of: resource)
      trace.begin(with: ground.offer(of: number), of: number)
    }
  }

  /// Begins the state that the last step has led to.
  private mutating func open(on ground: Ground) {
    var node = Node(sleeping: [], plans: plan, waiting: [], ready: ground.ready, chosen: nil)
    if let before = nodes.last, let chosen = before.chosen {
      node.sleeping = before.sleeping.filter { !table.conflict($0.footprint, chosen.footprint) }
      for waiting in before.waiting where !table.conflict(waiting.footprint, chosen.footprint) {
        node.waiting.append(waiting)
      }
      for task in ground.ready
      where task != chosen.task && !before.ready.contains(task)
        && !before.waiting.contains(where: { $0.task == task })
      {
        trace.wake(task, by: nodes.count - 1)
      }
    }
    if nodes.count == given.path.count, !given.sleeping.isEmpty {
      node.sleeping = given.sleeping.map {
        PlannedStep(
          task: $0.task,
          footprint: table.number(of: $0.footprint),
          isForeign: true
        )
      }
    }
    nodes.append(node)
  }

  // MARK: Taking in

  mutating func note(_ fate: Fate, on ground: Ground) {
    let node = nodes.count - 1
    if fate == .postponed {
      let task = ground.scheduler.lastExplored
      let attempt = ground.scheduler.attempt(of: task)
      var footprint = attempted(ground.footprint, attempt)
      reading.noteOrders(of: task, in: &footprint, on: ground)
      if rules.contains(.queues) { waits.note(footprint, isAttempt: true, ground.listener) }
      nodes[node].waiting.append(
        Waiting(task: task, footprint: table.number(of: footprint), attempt: attempt)
      )
      return
    }
    guard let task = ground.path.last else { return }
    var footprint = reading.footprint(of: task, on: ground)
    var attempt = ground.scheduler.lastAttempt
    if attempt != nil, !postponing.concerns(footprint, ground.listener) { attempt = nil }
    if postponing.isOn, rules.contains(.queues) {
      waits.note(footprint, isAttempt: attempt != nil, ground.listener)
    }
    adjust?(&footprint, ground)
    let index = trace.stepCount(of: task)
    let likely = unions.footprint(of: task, index)
    let number = table.number(of: footprint, likely: likely)
    if number != likely { unions.note(number, of: task, index, &table) }
    trace.append(
      task,
      number,
      footprint,
      attempt: attempt,
      offers: { ground.offer(of: $0) },
      races: &races
    )
    nodes[node].chosen = PlannedStep(task: task, footprint: number)
    if isOptimal, footprint.isTimed || ground.listener.ordersOthers, rules.contains(.orders) {
      needsSources = true
    }
    if ground.listener.ordersOthers, rules.contains(.orders) {
      for other in nodes[node].ready where other != task && !ground.scheduler.isReady(other) {
        trace.hinder(other)
      }
    }
    for waiting in nodes[node].waiting where table.conflict(waiting.footprint, number) {
      ground.scheduler.makeReadyAgain(waiting.task)
    }
  }

  /// What a call that would wait will change once it does not.
  private func attempted(_ footprint: Footprint, _ attempt: Attempt?) -> Footprint {
    guard attempt != .hasEnded else { return footprint }
    var result = Footprint()
    for resource in footprint.changes { result.insert(resource, isChange: true) }
    for resource in footprint.reads { result.insert(resource, isChange: true) }
    return result
  }

  mutating func attempts(on ground: Ground) -> [TaskID] {
    guard postponing.isOn, let chosen = nodes.last else { return [] }
    // Those of the last state, or of the one that the last step has led to, in which nothing is ready.
    var waiting = chosen.waiting
    if let step = chosen.chosen {
      waiting = waiting.filter { !table.conflict($0.footprint, step.footprint) }
    }
    for call in waiting where rules.contains(.stuckCalls) {
      let footprint = table.footprints[Int(call.footprint)]
      trace.collectRaces(of: call.task, call.footprint, footprint, attempt: call.attempt, &races)
    }
    return waiting.map(\.task).sorted()
  }

  mutating func end(on ground: Ground) throws {
    // The way may be none of the plain kernel, and is not to be used.
    if mustBeginAnew { return }
    try probe.examine(trace, on: ground)
    if trace.hasHindered { trace.collectHindered(table.number(of: .everything), &races) }
    // What could come in another order at the beginning is tried by those who have these beginnings.
    for race in races where race.first >= given.path.count {
      // In another run other steps may come in between, which only matters where a step is not always the same.
      let known = unions.footprint(of: race.second.task, race.index)
      if race.place < beginning, known == race.second.footprint { continue }
      let sequence = reversal(of: race, touching: known)
      if isOptimal {
        plan(sequence, at: race.first)
      } else {
        planStep(of: sequence, at: race.first)
      }
    }
    while let race = races.last, race.place >= trace.count { races.removeLast() }
  }

  /// The sequence in which the steps of a race come in the other order.
  ///
  /// The second step may touch something else there than where it was seen. Whatever was tried from the state before the
  /// race, and conflicts with the step there, has shown so, since the step came after it, too.
  ///
  /// - Parameters:
  ///   - race: the race.
  ///   - known: what its second step has ever touched; nil where that was never made.
  /// - Returns: what comes after the first step and not because of it, and then the second.
  private func reversal(of race: Trace.Race, touching known: Int32?) -> [PlannedStep] {
    var sequence = trace.reversal(of: race)
    if let known {
      sequence[sequence.count - 1] = PlannedStep(task: race.second.task, footprint: known)
    }
    return sequence
  }

  /// Plans all of a sequence, unless what was tried from there leads to the same.
  private mutating func plan(_ sequence: [PlannedStep], at node: Int) {
    let isKnown = nodes[node].sleeping.contains { step in
      // The last step may touch something else in its new place, which would have been seen after the other.
      if step.isForeign, !sequence.contains(where: { $0.task == step.task }) { return false }
      return sequence.canBegin(with: step.task, step.footprint, &table)
    }
    if !isKnown { nodes[node].plans.insert(sequence, &table) }
  }

  /// Source sets: plans one step with which the sequence can begin, unless such a one was tried or is planned.
  private mutating func planStep(of sequence: [PlannedStep], at node: Int) {
    let planned = nodes[node].plans.branches.map {
      PlannedStep(task: $0.task, footprint: $0.footprint)
    }
    let tried = nodes[node].sleeping + (nodes[node].chosen.map { [$0] } ?? [])
    let isKnown = (tried + planned).contains { step in
      sequence.contains { $0.task == step.task }
        && sequence.canBegin(with: step.task, step.footprint, &table)
    }
    if !isKnown, let first = sequence.first { nodes[node].plans.append(first) }
  }

  /// By the plans that are left along the way.
  var share: Double? { nil }
}

extension Ground {
  /// What an object has to offer, by the number of the resource.
  fileprivate func offer(of resource: Int32) -> Offer? {
    switch listener.resources[Int(resource)] {
    case .object(let object): scheduler.offer(of: object)
    case .life(let task): scheduler.offer(of: task)
    default: nil
    }
  }
}
