import CorosHistory

/// What one shard of an exploration has found, to be put together with the others.
public struct ShardResult: Sendable {
  /// What must be the same in all shards: the machine, the strategy with its settings, the limits, the version.
  public let question: String
  /// Which shard.
  public let shard: Shard
  /// What some fixed runs did, as numbers: see ``Explorer/witnesses()``.
  public let witnesses: [UInt64]
  /// What it found.
  public let report: ExplorationReport

  /// Makes the result of a shard.
  public init(question: String, shard: Shard, witnesses: [UInt64], report: ExplorationReport) {
    self.question = question
    self.shard = shard
    self.witnesses = witnesses
    self.report = report
  }

  /// Puts the results of shards together, in whatever order; the same shard may come twice.
  ///
  /// - Parameter results: of the same exploration, at least one.
  /// - Returns: the sums, the failures each once, and which shards are missing; with shards missing it is not exhausted.
  /// - Throws: `MergeError` where two do not belong together.
  public static func merge(
    _ results: [ShardResult]
  ) throws(MergeError) -> (report: ExplorationReport, missing: [Int]) {
    guard let first = results.first else { throw .nothing }
    var byNumber: [Int: ShardResult] = [:]
    for result in results {
      guard result.question == first.question else {
        throw .otherQuestion(first.question, result.question)
      }
      guard result.shard.count == first.shard.count else {
        throw .otherCount(first.shard.count, result.shard.count)
      }
      guard result.witnesses == first.witnesses else {
        throw .otherRuns(first.shard.number, result.shard.number)
      }
      if let known = byNumber[result.shard.number], !known.report.agrees(with: result.report) {
        throw .disagreement(result.shard.number)
      }
      byNumber[result.shard.number] = result
    }
    let reports = byNumber.sorted { $0.key < $1.key }.map(\.value.report)
    var sum = reports[0]
    sum.states = nil
    for report in reports.dropFirst() { sum.add(report) }
    let missing = (1...first.shard.count).filter { byNumber[$0] == nil }
    sum.conclude(isWhole: missing.isEmpty)
    if !missing.isEmpty, sum.stopped == .exhausted { sum.stopped = .interrupted }
    return (sum, missing)
  }
}

/// Why results of shards do not belong together.
public enum MergeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is none.
  case nothing
  /// They explored different things, or in different ways.
  case otherQuestion(String, String)
  /// They are of explorations with different numbers of shards.
  case otherCount(Int, Int)
  /// The same runs went differently in these two.
  case otherRuns(Int, Int)
  /// A shard is there twice, with different results.
  case disagreement(Int)

  /// What is wrong, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .nothing: "there is nothing to merge"
    case .otherQuestion(let one, let other):
      "these are not shards of one exploration: \(one), and \(other)"
    case .otherCount(let one, let other): "a shard of \(one), and a shard of \(other)"
    case .otherRuns(let one, let other):
      "the same schedules went differently in shards \(one) and \(other): the machines are not the same, "
        + "or a task looks at something beside the kernel"
    case .disagreement(let number): "shard \(number) is there twice, with different results"
    }
  }
}

extension ExplorationReport {
  /// Whether another run of the same shard has found the same.
  fileprivate func agrees(with other: ExplorationReport) -> Bool {
    runs == other.runs && steps == other.steps && failing == other.failing
      && failures == other.failures
  }

  /// Adds what another shard has found.
  fileprivate mutating func add(_ other: ExplorationReport) {
    runs += other.runs
    cut += other.cut
    steps += other.steps
    deepest = max(deepest, other.deepest)
    unfinished += other.unfinished
    failing += other.failing
    schedules = schedules.flatMap { mine in other.schedules.map { mine + $0 } }
    classes = classes.flatMap { mine in other.classes.map { mine + $0 } }
    chance = chance.flatMap { mine in other.chance.map { mine + $0 } }
    if stopped == .exhausted { stopped = other.stopped }
    for failure in other.failures { unite(failure) }
    unite(other.finals ?? [])
    canEnd = canEnd == true || other.canEnd == true ? true : canEnd ?? other.canEnd
    cannotEnd = Self.first(of: cannotEnd, other.cannotEnd)
    hidden = hidden ?? other.hidden
    guard let more = other.undecided else { return }
    undecided = Undecided(
      livelock: [undecided?.livelock, more.livelock].compactMap { $0 }.min { $0.goesBefore($1) },
      cannotEnd: Self.first(of: undecided?.cannotEnd, more.cannotEnd)
    )
  }

  /// Decides what shards cannot decide alone.
  ///
  /// - Parameter isWhole: whether no shard is missing.
  fileprivate mutating func conclude(isWhole: Bool) {
    guard how == .states else { return }
    // Where some part has no number of schedules, because tasks can go round for ever in it, the whole has none.
    if schedules == nil { failing = Count(0) }
    if canEnd == true, let undecided {
      if let livelock = undecided.livelock { unite(livelock) }
      cannotEnd = Self.first(of: cannotEnd, undecided.cannotEnd)
    }
    if canEnd == true || isWhole { undecided = nil }
    // Each shard tells of one thing that goes round for ever.
    let livelocks = failures.filter { $0.kind == .livelock }.sorted { $0.goesBefore($1) }
    failures.removeAll { $0.kind == .livelock && $0 != livelocks[0] }
    guard isWhole, stopped == .exhausted else { return }
    for place in failures.indices { failures[place].minimal = .proved }
  }

  private static func first(of left: CannotEnd?, _ right: CannotEnd?) -> CannotEnd? {
    [left, right].compactMap { $0 }.min { $0.way.description < $1.way.description }
  }

  private mutating func unite(_ more: [Final]) {
    guard let known = finals else { return }
    finals = known + more.filter { final in !known.contains { $0.values == final.values } }
  }

  /// Keeps of two failures that are the same the smaller, and the lower number of a run.
  private mutating func unite(_ failure: ExplorationFailure) {
    guard let place = failures.firstIndex(where: { $0.isSame(as: failure) }) else {
      failures.append(failure)
      return failures.sort { ($0.run, $0.names) < ($1.run, $1.names) }
    }
    let known = failures[place]
    var smaller = failure.goesBefore(known) ? failure : known
    smaller.run = min(known.run, failure.run)
    failures[place] = smaller
  }
}

extension ExplorationFailure {
  fileprivate func isSame(as other: ExplorationFailure) -> Bool {
    kind == other.kind && names == other.names && (kind == .deadlock || text == other.text)
  }

  fileprivate func goesBefore(_ other: ExplorationFailure) -> Bool {
    size == other.size
      ? schedule.description < other.schedule.description : size < other.size
  }
}

private func < (left: (Int, [String]), right: (Int, [String])) -> Bool {
  left.0 == right.0 ? left.1.lexicographicallyPrecedes(right.1) : left.0 < right.0
}
