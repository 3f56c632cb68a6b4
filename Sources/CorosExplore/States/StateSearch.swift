public import CorosKernel

/// Visits every state once, in depth, and keeps the graph of them; of a shard, those that come after its beginnings.
struct StateSearch {
  private struct Level {
    let state: Int
    let depth: Int
    let first: Int
    var next: Int
    let end: Int
    let firstEdge: Int
    /// The failures of tasks on the way: they have failed in all that comes after it, too.
    let failures: [Int]
  }

  private let campaign: Campaign
  private var ground: Ground { campaign.ground }
  private var recogniser: Recogniser
  private var table = StateTable()
  private(set) var graph = StateGraph()
  /// The states from which it goes on in depth, and how many schedules lead there.
  private(set) var roots: [(state: Int, arrivals: Arrivals)] = []
  /// What a shard knows of how all schedules begin; nil where it is all there is.
  private(set) var beginnings: StateBeginnings?
  /// Whether a state is on the way to the present one.
  private var isOpen: ContiguousArray<Bool> = []
  private var levels: ContiguousArray<Level> = []
  private var options: ContiguousArray<TaskID> = []
  private var edges: ContiguousArray<StateGraph.Edge> = []
  /// The kinds of failures, by what makes them the same.
  private(set) var signatures: [Signature] = []
  private var places: [Signature: Int] = [:]
  /// How often calls had asked for the tick when the search began.
  private var readings = 0
  private var hasReadTick: Bool {
    !recogniser.countsTicks && ground.scheduler.clockReadings != readings
  }

  init(_ campaign: Campaign, countsTicks: Bool) {
    self.campaign = campaign
    recogniser = Recogniser(isSymmetric: campaign.limits.symmetry)
    recogniser.countsTicks = countsTicks
  }

  /// Visits all states, or as many as there is time for.
  ///
  /// - Returns: why it ended; nil when tasks ask for the tick, which was not counted.
  mutating func run() throws -> ExplorationReport.Stop? {
    try ground.reset()
    readings = ground.scheduler.clockReadings
    _ = ground.settle()
    var mergers = Mergers(isWatched: false)
    recogniser.mindsKills = mergers.prospects(on: ground)?.mayKill ?? true
    let shard = campaign.limits.shard
    if shard.count == 1 {
      let state = try visit(fate: nil, task: .operator, failures: [])
      roots = [(state, .start)]
      return try goOn()
    }
    campaign.report.states = 0
    var beginnings = StateBeginnings(campaign, recogniser)
    if let stop = try beginnings.expand(parts: shard.count) { return stop }
    if hasReadTick { return nil }
    for place in beginnings.part(shard) {
      roots.append((try begin(at: place), place.arrivals))
      let stop = try goOn()
      if stop != .exhausted { return stop }
    }
    self.beginnings = beginnings
    return .exhausted
  }

  /// Goes to a state that was dealt out.
  private mutating func begin(at place: StateBeginnings.Place) throws -> Int {
    try ground.repeatWay(place.way)
    return try visit(
      fate: place.fate,
      task: place.way.last ?? .operator,
      failures: place.failures.filter { $0.kind == .failed }.map { number(of: $0) }
    )
  }

  /// Visits what comes after the present state.
  private mutating func goOn() throws -> ExplorationReport.Stop? {
    while let last = levels.indices.last {
      let (next, end, depth) = (levels[last].next, levels[last].end, levels[last].depth)
      if next == end {
        close(levels.removeLast())
        continue
      }
      if let stop = mustStop() { return stop }
      if ground.depth != depth { try ground.backtrack(to: depth, isLast: next == end - 1) }
      levels[last].next += 1
      let task = options[next]
      let fate = try ground.step(task)
      campaign.report.steps += 1
      if hasReadTick { return nil }
      try visit(fate: fate, task: task, failures: levels[last].failures)
    }
    return .exhausted
  }

  private mutating func mustStop() -> ExplorationReport.Stop? {
    if table.count >= campaign.limits.states { return .memory }
    return campaign.mustStop { nil }
  }

  /// Takes in the state that a step has led to.
  ///
  /// - Parameters:
  ///   - fate: what became of the task in that step.
  ///   - task: whose step it was.
  ///   - failures: the failures of tasks on the way.
  /// - Returns: its number.
  /// - Throws: `NotComparable` when it cannot be told from others.
  @discardableResult
  private mutating func visit(fate: Fate?, task: TaskID, failures: [Int]) throws -> Int {
    let isReady = ground.goOn()
    guard let key = recogniser.recognise(ground.scheduler) else {
      throw NotComparable(ground.scheduler)
    }
    let (state, isNew) = table.insert(key)
    if let fate, !levels.isEmpty {
      edges.append(
        StateGraph.Edge(
          target: UInt32(truncatingIfNeeded: state),
          task: UInt16(truncatingIfNeeded: task.rawValue),
          fate: fate
        )
      )
    }
    guard isNew else {
      if isOpen[state] { graph.hasCycle = true }
      return state
    }
    graph.append()
    campaign.report.states = table.count
    campaign.report.deepest = max(campaign.report.deepest, ground.depth)
    // Only new states have steps to be chosen from.
    ground.collectReady()
    let failures = judge(state, fate, task, after: failures, isEnd: !isReady)
    isOpen.append(isReady)
    let first = options.count
    options.append(contentsOf: ground.ready)
    levels.append(
      Level(
        state: state,
        depth: ground.depth,
        first: first,
        next: first,
        end: options.count,
        firstEdge: edges.count,
        failures: failures
      )
    )
    if ground.ready.count > 1 { ground.save() }
    return state
  }

  private mutating func close(_ level: Level) {
    graph.finish(level.state, edges[level.firstEdge...])
    edges.shorten(to: level.firstEdge)
    options.shorten(to: level.first)
    isOpen[level.state] = false
  }

  // MARK: Judging

  /// Notes what is wrong in a new state.
  ///
  /// - Returns: the failures of tasks up to it.
  private mutating func judge(
    _ state: Int,
    _ fate: Fate?,
    _ task: TaskID,
    after failures: [Int],
    isEnd: Bool
  ) -> [Int] {
    var failures = failures
    for kind in failures { mark(state, kind) }
    for verdict in campaign.verdicts(on: fate, task) {
      let kind = kind(of: verdict)
      mark(state, kind)
      if verdict.kind == .failed { failures.append(kind) }
    }
    if isEnd {
      if ground.scheduler.liveTaskCount == 0 {
        graph.ends.append(UInt32(truncatingIfNeeded: state))
      }
      for verdict in campaign.verdictsOnEnd() { mark(state, kind(of: verdict)) }
    }
    return failures
  }

  /// The number of a kind of failures; the first of each is kept.
  private mutating func kind(of verdict: Verdict) -> Int {
    let signature = ground.signature(of: verdict)
    campaign.noteFirst(verdict, signature)
    return number(of: signature)
  }

  private mutating func number(of signature: Signature) -> Int {
    if let place = places[signature] { return place }
    places[signature] = signatures.count
    signatures.append(signature)
    return signatures.count - 1
  }

  private mutating func mark(_ state: Int, _ kind: Int) {
    graph.marks[UInt32(truncatingIfNeeded: state), default: []].append(kind)
  }

  // MARK: Shards

  /// Puts the beginnings before all else, so that ways begin where all runs do.
  ///
  /// Of the states that were dealt out to others no steps are known then: what is said of all states must be said before.
  mutating func joinBeginnings() {
    guard let beginnings else { return }
    let states = beginnings.places.map { place in
      table.insert(recogniser.countsTicks ? place.timedKey : place.key)
    }
    for (place, (state, isNew)) in zip(beginnings.places, states) where isNew {
      graph.append()
      for failure in place.failures { mark(state, number(of: failure)) }
      graph.finish(
        state,
        place.steps.map { step in
          StateGraph.Edge(
            target: UInt32(truncatingIfNeeded: states[step.target].state),
            task: UInt16(truncatingIfNeeded: step.task.rawValue),
            fate: step.fate
          )
        }
      )
    }
    graph.first = UInt32(truncatingIfNeeded: states[0].state)
  }
}

/// Why states cannot be told apart: of some tasks or objects it is not known when two are the same.
public struct NotComparable: Error, Hashable, Sendable, CustomStringConvertible {
  /// The tasks whose state machines are not hashable, or that are async functions.
  public let tasks: [TaskID]
  /// The names of the objects whose values are not hashable.
  public let objects: [String]

  init(_ scheduler: Scheduler) {
    (tasks, objects) = scheduler.unrecognised
  }

  /// What cannot be told, and the way out.
  public var description: String {
    let things = tasks.map { "task \($0)" } + objects
    return "states cannot be told apart: \(things.joined(separator: ", ")) "
      + "\(things.count == 1 ? "is" : "are") not hashable; other strategies need not know"
  }
}
