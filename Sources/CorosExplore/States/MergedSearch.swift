import CorosKernel

/// Visits states in depth, with all merged that makes no difference to how runs can end.
///
/// A step of which nobody can tell when it is made is made at once, without a state of its own before it. A task is not
/// chosen where it could only wait, so that it makes no difference who began to wait first. Tasks with the same values
/// count as the same where nobody tells them apart.
struct MergedSearch {
  /// How a search ends.
  enum End {
    case stopped(ExplorationReport.Stop)
    /// A way leads round, and steps were joined.
    case goesRound
    /// Steps depend on the time or on chance, or it is not known what they do.
    case unsteady
  }

  private struct Level {
    let state: Int
    let depth: Int
    let first: Int
    var next: Int
    let end: Int
    let firstEdge: Int
    /// The tasks that could only wait, and for which tasks.
    var blocked: [(task: TaskID, awaited: [TaskID])] = []
    var hasStep = false
  }

  private let campaign: Campaign
  private var ground: Ground { campaign.ground }
  private let joinsSteps: Bool
  private var mergers: Mergers
  private var recogniser = Recogniser(isSymmetric: false)
  private var table = StateTable()
  /// The states and steps; nothing where steps are joined.
  private(set) var graph = StateGraph()
  private var isOpen: ContiguousArray<Bool> = []
  private var levels: ContiguousArray<Level> = []
  private var options: ContiguousArray<TaskID> = []
  private var edges: [StateGraph.Edge] = []
  private var isUnsteady = false

  /// So many steps are joined at most, so that even those of a task that goes round for ever come to a state.
  private static let most = 256

  init(_ campaign: Campaign, joinsSteps: Bool) {
    self.campaign = campaign
    self.joinsSteps = joinsSteps
    mergers = Mergers(isWatched: campaign.questions.looksAlways)
  }

  /// Visits all states, or as many as there is time for.
  mutating func run() throws -> End {
    try ground.reset()
    _ = ground.settle()
    guard let all = mergers.prospects(on: ground), !all.traits.contains(.unsteady) else {
      return .unsteady
    }
    let isAnonymous =
      joinsSteps && !all.traits.contains(.identity) && !campaign.limits.finals
      && campaign.questions.properties.allSatisfy { !$0.seesTasks }
    recogniser = Recogniser(isSymmetric: isAnonymous || campaign.limits.symmetry)
    recogniser.mindsKills = all.mayKill
    try visit(after: nil)
    while let last = levels.indices.last {
      if isUnsteady { return .unsteady }
      if joinsSteps, graph.hasCycle { return .goesRound }
      let level = levels[last]
      if level.next == level.end {
        if let stop = try close(level) { return .stopped(stop) }
        continue
      }
      if let stop = mustStop() { return .stopped(stop) }
      if ground.depth != level.depth {
        let isLast = level.next == level.end - 1 && level.hasStep && level.blocked.isEmpty
        try ground.backtrack(to: level.depth, isLast: isLast)
      }
      levels[last].next += 1
      let task = options[level.next]
      let fate = try ground.step(task)
      campaign.report.steps += 1
      if fate == .waits, ground.scheduler.waitsForNothingElse(task) {
        levels[last].blocked.append((task, ground.scheduler.awaited(by: task)))
      } else {
        levels[last].hasStep = true
        try visit(after: (task, fate))
      }
    }
    return isUnsteady ? .unsteady : joinsSteps && graph.hasCycle ? .goesRound : .stopped(.exhausted)
  }

  private mutating func mustStop() -> ExplorationReport.Stop? {
    if table.count >= campaign.limits.states { return .memory }
    return campaign.mustStop { nil }
  }

  // MARK: States

  /// Takes in the state to which a step leads, and the steps that are joined to it.
  private mutating func visit(after step: (task: TaskID, fate: Fate)?) throws {
    if let step { note(campaign.verdicts(on: step.fate, step.task)) }
    let isReady = try goOn()
    if isUnsteady { return }
    guard let key = recogniser.recognise(ground.scheduler) else {
      throw NotComparable(ground.scheduler)
    }
    let (state, isNew) = table.insert(key)
    if let step, !joinsSteps {
      edges.append(
        StateGraph.Edge(
          target: UInt32(truncatingIfNeeded: state),
          task: UInt16(truncatingIfNeeded: step.task.rawValue),
          fate: step.fate
        )
      )
    }
    guard isNew else {
      if isOpen[state] { graph.hasCycle = true }
      return
    }
    if !joinsSteps { graph.append() }
    isOpen.append(isReady)
    campaign.report.states = table.count
    campaign.report.deepest = max(campaign.report.deepest, ground.depth)
    if !isReady { judgeEnd(of: state) }
    let first = options.count
    options.append(contentsOf: ground.ready)
    levels.append(
      Level(
        state: state,
        depth: ground.depth,
        first: first,
        next: first,
        end: options.count,
        firstEdge: edges.count
      )
    )
    if ground.ready.count > 1 { ground.save() }
  }

  /// Makes steps for as long as a task can make one of which nobody can tell when it is made.
  ///
  /// - Returns: whether a task is ready.
  private mutating func goOn() throws -> Bool {
    var left = Self.most
    var excluded: [TaskID] = []
    while ground.settle() {
      guard let all = mergers.prospects(on: ground), !all.traits.contains(.unsteady) else {
        isUnsteady = true
        return true
      }
      guard joinsSteps, left > 0, campaign.report.steps < campaign.limits.steps ?? .max,
        let task = mergers.loner(among: ground.ready, except: excluded)
      else { return true }
      let depth = ground.depth
      let mayEnd = mergers.mayEnd(task, on: ground)
      let fate = try ground.step(task)
      campaign.report.steps += 1
      let hasToWait = fate == .waits && ground.scheduler.waitsForNothingElse(task)
      if hasToWait || !mayEnd && (fate == .ended || fate == .failed) {
        try ground.backtrack(to: depth)
        excluded.append(task)
      } else {
        note(campaign.verdicts(on: fate, task))
        excluded = []
        left -= 1
      }
    }
    return false
  }

  /// Leaves a state.
  ///
  /// - Returns: why the search must stop before it can; nil when it was left.
  private mutating func close(_ level: Level) throws -> ExplorationReport.Stop? {
    if !level.blocked.isEmpty, !level.hasStep || mayBeCircle(level) {
      try ground.backtrack(to: level.depth)
      if let stop = try judgeBlocked(level) { return stop }
    }
    if !joinsSteps {
      graph.finish(level.state, edges[level.firstEdge...])
      edges.removeSubrange(level.firstEdge...)
    }
    options.removeSubrange(level.first...)
    isOpen[level.state] = false
    levels.removeLast()
    return nil
  }

  // MARK: Judging

  /// Keeps the first failure of each kind.
  private func note(_ verdicts: [Verdict]) {
    for verdict in verdicts { campaign.noteFirst(verdict, ground.signature(of: verdict)) }
  }

  /// Judges a state in which no task is ready.
  private mutating func judgeEnd(of state: Int) {
    if ground.scheduler.liveTaskCount == 0 {
      graph.ends.append(UInt32(truncatingIfNeeded: state))
    }
    note(campaign.verdictsOnEnd())
  }

  /// Lets those wait who could only wait, and judges that.
  private mutating func judgeBlocked(_ level: Level) throws -> ExplorationReport.Stop? {
    for (task, _) in level.blocked {
      if let stop = mustStop() { return stop }
      _ = ground.settle()
      let fate = try ground.step(task)
      campaign.report.steps += 1
      note(campaign.verdicts(on: fate, task))
    }
    if !level.hasStep, !ground.settle() { note(campaign.verdictsOnEnd()) }
    return nil
  }

  /// Whether those who could only wait may wait for one another: all but those that wait for somebody who can go on.
  private func mayBeCircle(_ level: Level) -> Bool {
    var stuck = level.blocked.filter { !$0.awaited.isEmpty }
    let ready = options[level.first..<level.end]
    var changes = true
    while changes {
      let left = stuck.filter { one in
        one.awaited.contains { other in
          stuck.contains { $0.task == other } || !ready.contains(other)
        }
      }
      changes = left.count < stuck.count
      stuck = left
    }
    return !stuck.isEmpty
  }
}
