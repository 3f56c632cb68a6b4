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
    var sum = ExplorationReport(first.report.how)
    for (_, result) in byNumber.sorted(by: { $0.key < $1.key }) { sum.add(result.report) }
    let missing = (1...first.shard.count).filter { byNumber[$0] == nil }
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
    if let more = other.schedules { schedules = (schedules ?? Count(0)) + more }
    if let more = other.classes { classes = (classes ?? 0) + more }
    if stopped == .exhausted { stopped = other.stopped }
    for failure in other.failures { unite(failure) }
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
