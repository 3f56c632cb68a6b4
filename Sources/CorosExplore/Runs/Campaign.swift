import CorosHistory
import CorosKernel

/// One exploration at work: it runs the schedules that a search chooses, and judges them.
final class Campaign {
  let ground: Ground
  @exclusivity(unchecked) var limits: ExplorationLimits
  let questions: Questions
  /// Whether anything must hold after each step.
  private let looksAlways: Bool
  // Not exclusivity-checked: each step counts itself in it, and nothing is called while it changes.
  @exclusivity(unchecked) var report: ExplorationReport

  /// The failures by what makes them the same: their places in the report.
  private(set) var known: [Signature: Int] = [:]
  private var ways: [String: Int] = [:]
  /// After how many steps the way is told of next.
  @exclusivity(unchecked) private var nextProgress = Campaign.pace
  /// Where on the way steps have failed, and why.
  @exclusivity(unchecked) private var broken: ContiguousArray<(depth: Int, verdict: Verdict)> = []

  static let pace = 1 << 14

  init(_ strategy: Strategy, on ground: Ground, _ limits: ExplorationLimits, _ questions: Questions)
  {
    self.ground = ground
    self.limits = limits
    self.questions = questions
    looksAlways = questions.looksAlways
    report = ExplorationReport(strategy)
    if questions.values != nil, limits.finals { report.finals = [] }
    nextProgress = min(Self.pace, limits.steps ?? .max)
  }

  // MARK: Runs

  /// Makes runs until the search has nothing left, or something ends it.
  func make<Chooser: Search>(
    _ search: inout Chooser,
    from first: Int = 0,
    by stride: Int = 1,
    below most: Int
  ) throws {
    do {
      try makeRuns(&search, first, stride, most)
    } catch is ExplorationInterrupted {
      report.stopped = .interrupted
    }
  }

  private func makeRuns<Chooser: Search>(
    _ search: inout Chooser,
    _ first: Int,
    _ stride: Int,
    _ most: Int
  ) throws {
    var run = first
    while true {
      if run >= most { return report.stopped = .runs }
      guard let start = search.begin(run: run) else { return report.stopped = .exhausted }
      try ground.backtrack(to: start.depth, isLast: start.isLast)
      while let last = broken.last, last.depth > start.depth { broken.removeLast() }
      switch try makeRun(&search) {
      case .stopped(let why):
        report.share = search.share
        return report.stopped = why
      case .cut: report.cut += 1
      case .ended(let isUnfinished):
        report.runs += 1
        report.deepest = max(report.deepest, ground.depth)
        if isUnfinished { report.unfinished += 1 }
        if hasFailed(isUnfinished: isUnfinished, run) {
          report.failing += Count(1)
          if !limits.all { return report.stopped = .failure }
        }
      }
      try search.end(on: ground)
      run += stride
    }
  }

  private enum End {
    case ended(isUnfinished: Bool)
    case cut
    case stopped(ExplorationReport.Stop)
  }

  private func makeRun<Chooser: Search>(_ search: inout Chooser) throws -> End {
    while ground.settle() {
      if ground.depth >= limits.depth { return .ended(isUnfinished: true) }
      if let stop = mustStop(share: { search.share }) { return .stopped(stop) }
      switch try search.choose(on: ground) {
      case .task(let task):
        let fate = try ground.step(task)
        search.note(fate, on: ground)
        if case .postponed = fate { continue }
        report.steps += 1
        if hasBroken(fate, task) { return .ended(isUnfinished: false) }
      case .cut: return .cut
      case .stuck: return try makeAttempts(search.attempts(on: ground))
      }
    }
    return try makeAttempts(search.attempts(on: ground))
  }

  /// Has tasks wait that could only wait.
  private func makeAttempts(_ tasks: [TaskID]) throws -> End {
    if tasks.isEmpty { return .ended(isUnfinished: false) }
    ground.postpones = false
    defer { ground.postpones = true }
    for task in tasks {
      ground.scheduler.makeReadyAgain(task)
      guard ground.settle(), ground.ready.contains(task) else { continue }
      let fate = try ground.step(task)
      if hasBroken(fate, task) { break }
    }
    return .ended(isUnfinished: false)
  }

  /// Why it must end, which is asked now and then.
  @inline(__always)
  func mustStop(share: () -> Double?) -> ExplorationReport.Stop? {
    guard _slowPath(report.steps >= nextProgress) else { return nil }
    return askedToStop(share: share())
  }

  /// Tells of the way, and asks whether to go on.
  private func askedToStop(share: Double?) -> ExplorationReport.Stop? {
    if let most = limits.steps, report.steps >= most { return .steps }
    nextProgress = min(report.steps + Self.pace, limits.steps ?? .max)
    let progress = ExplorationProgress(
      runs: report.runs,
      steps: report.steps,
      states: report.states,
      failures: report.failures.count,
      share: share
    )
    return questions.progress?(progress)
  }

  // MARK: Judging

  /// Whether the run need not go on after a step.
  @inline(__always)
  private func hasBroken(_ fate: Fate, _ task: TaskID) -> Bool {
    // Compared by `==`, each step would call a function of the kernel.
    switch fate {
    case .ready, .yielded: break
    default: if hasBroken(by: fate, task) { return true }
    }
    return _slowPath(looksAlways) && hasBrokenProperty()
  }

  private func hasBroken(by fate: Fate, _ task: TaskID) -> Bool {
    // Where the search goes on past failures, all that wait are looked at in the end.
    guard let verdict = verdict(on: fate, task, seesCircles: !limits.all) else { return false }
    broken.append((ground.depth, verdict))
    return !limits.all
  }

  private func hasBrokenProperty() -> Bool {
    guard let verdict = verdictOnProperties() else { return false }
    broken.append((ground.depth, verdict))
    return !limits.all
  }

  private func verdict(on fate: Fate, _ task: TaskID, seesCircles: Bool) -> Verdict? {
    switch fate {
    case .failed where !questions.ignored.contains(.failed):
      return ground.verdict(onFailureOf: task)
    case .waits where seesCircles && !questions.ignored.contains(.deadlock):
      return ground.scheduler.circle(through: task).map { ground.verdict(onCircle: $0) }
    default: return nil
    }
  }

  private func verdictOnProperties() -> Verdict? {
    for property in questions.properties where property.time == .always {
      if let text = property.broken(ground.scheduler) {
        return Verdict(kind: .always, tasks: [], text: text)
      }
    }
    return nil
  }

  /// What a step has broken, a circle of tasks that wait included.
  func verdicts(on fate: Fate?, _ task: TaskID) -> [Verdict] {
    var verdicts: [Verdict] = []
    if let fate, let verdict = verdict(on: fate, task, seesCircles: true) {
      verdicts.append(verdict)
    }
    if looksAlways, let verdict = verdictOnProperties() { verdicts.append(verdict) }
    return verdicts
  }

  /// Judges the end of a run; notes what went wrong.
  private func hasFailed(isUnfinished: Bool, _ run: Int) -> Bool {
    let stopsShort = !broken.isEmpty && !limits.all
    var verdicts = isUnfinished || stopsShort ? [] : verdictsOnEnd()
    if !broken.isEmpty { verdicts = broken.map(\.verdict) + verdicts }
    questions.end?(ground)
    for verdict in verdicts { note(verdict, run) }
    return !verdicts.isEmpty
  }

  /// What is wrong where no task is ready.
  func verdictsOnEnd() -> [Verdict] {
    if ground.scheduler.liveTaskCount > 0,
      case .stalled(.deadlock(let deadlock)) = ground.scheduler.step()
    {
      return questions.ignored.contains(.deadlock) ? [] : [ground.verdict(on: deadlock)]
    }
    noteFinal()
    for property in questions.properties where property.time == .finally {
      if let text = property.broken(ground.scheduler) {
        return [Verdict(kind: .check, tasks: [], text: text)]
      }
    }
    return []
  }

  /// Notes the values at an end at which all tasks have ended and none has failed.
  private func noteFinal() {
    guard report.finals != nil, let values = questions.values?(ground.scheduler),
      ground.scheduler.liveTaskCount == 0, !ground.fates.contains(.failed),
      ways[values] == nil
    else { return }
    ways[values] = report.finals?.count
    report.finals?.append(Final(values: values, way: questions.schedule(of: ground.path)))
  }

  /// Takes a failure into the report, the smallest of those that are the same.
  func note(_ verdict: Verdict, _ run: Int) {
    let signature = ground.signature(of: verdict)
    let size = ground.size
    if let place = known[signature] {
      guard size < report.failures[place].size else { return }
      report.failures[place] = failure(verdict, signature, size, report.failures[place].run)
    } else {
      known[signature] = report.failures.count
      report.failures.append(failure(verdict, signature, size, run))
    }
  }

  /// Takes a failure into the report where it is the first of its kind.
  func noteFirst(_ verdict: Verdict, _ signature: Signature) {
    if known[signature] == nil { note(verdict, 0) }
  }

  /// Replaces the schedule of a failure by a smaller one.
  func replace(
    _ signature: Signature,
    by way: [TaskID],
    _ minimal: ExplorationFailure.Minimality
  ) throws {
    guard let place = known[signature] else { return }
    try ground.repeatWay(way)
    report.failures[place].schedule = questions.schedule(of: way)
    report.failures[place].size = ground.size
    report.failures[place].minimal = minimal
  }

  /// Forgets all that was found, to begin again.
  func forget(_ strategy: Strategy) {
    report = ExplorationReport(strategy)
    broken = []
    if questions.values != nil, limits.finals { report.finals = [] }
    known = [:]
    ways = [:]
    nextProgress = min(Self.pace, limits.steps ?? .max)
  }

  func failure(
    _ verdict: Verdict,
    _ signature: Signature,
    _ size: ExplorationFailure.Size,
    _ run: Int
  ) -> ExplorationFailure {
    ExplorationFailure(
      kind: verdict.kind,
      tasks: verdict.tasks,
      names: signature.names,
      text: verdict.text,
      run: run,
      schedule: questions.schedule(of: ground.path),
      past: questions.past.count,
      size: size,
      from: size,
      replays: 0,
      minimal: .found
    )
  }
}
