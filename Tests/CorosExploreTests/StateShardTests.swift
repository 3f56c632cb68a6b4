import CorosExplore
import CorosKernel
import Testing

/// The states of several shards together say what all states say.
@Suite(.timeLimit(.minutes(15))) struct StateShardTests {
  private func results(_ model: Model, _ count: Int) throws -> [ShardResult] {
    let witnesses = try model.explorer.witnesses()
    return try (1...count).map { number in
      let shard = Shard(number, of: count)
      let report = try model.all(.states) {
        $0.shard = shard
        $0.finals = true
      }
      #expect(report.isExhausted)
      return ShardResult(question: model.name, shard: shard, witnesses: witnesses, report: report)
    }
  }

  /// Compares what shards have found with what is found without them.
  private func compare(_ model: Model, _ counts: [Int]) throws {
    let whole = try model.all(.states) { $0.finals = true }
    for count in counts {
      let (sum, _) = try ShardResult.merge(try results(model, count))
      #expect(sum.schedules == whole.schedules)
      #expect(sum.failing == whole.failing)
      #expect(sum.chance == whole.chance)
      #expect(sum.states == nil)
      #expect(sum.isExhausted)
      #expect(Set(sum.finals?.map(\.values) ?? []) == Set(whole.finals?.map(\.values) ?? []))
      #expect(Set(sum.failures.map(Kind.init)) == Set(whole.failures.map(Kind.init)))
      #expect((sum.cannotEnd == nil) == (whole.cannotEnd == nil))
      for failure in sum.failures { try replay(failure, of: model) }
    }
  }

  /// What must be the same of a failure, in whatever schedule.
  private struct Kind: Hashable {
    let kind: ExplorationFailure.Kind
    let names: [String]
    /// Where a way round begins is not said: any of its states is as good.
    let size: ExplorationFailure.Size?
    let minimal: ExplorationFailure.Minimality

    init(_ failure: ExplorationFailure) {
      (kind, names) = (failure.kind, failure.names)
      (size, minimal) = (failure.kind == .livelock ? nil : failure.size, failure.minimal)
    }
  }

  private func replay(_ failure: ExplorationFailure, of model: Model) throws {
    if failure.kind == .livelock { return }
    let found = try #require(try model.explorer.replay(failure.schedule))
    #expect(found.kind == failure.kind)
    #expect(found.names == failure.names)
  }

  @Test(arguments: [
    Model.philosophers(3), .philosophers(4), .lostUpdate(3), .lockedUpdate(3), .twostage(2),
    .account, .boundedBuffer(4, 2), .channel(3), .lastzero(4), .order3(10), .spawned(3),
  ])
  func `schedules, failures and chances add up`(_ model: Model) throws {
    try compare(model, [2, 3, 8])
  }

  @Test(arguments: [
    "sleep 3; x = 1", "var t = tick; x = t", "within 4 { lock m; x = 2; unlock m } else { x = 9 }",
  ])
  func `times and ticks make no difference`(_ statement: String) throws {
    try compare(
      Model(
        "time",
        ["p", "q", "r"],
        """
        shared x = 0
        mutex m
        program p { yield; yield; \(statement) }
        program q { yield; lock m; x = x + 1; unlock m; yield }
        program r { x = 5; yield; assert x < 5; yield; yield }
        """
      ),
      [2, 3]
    )
  }

  // MARK: What goes on for ever

  /// Where `q` is first, `p` never ends; the others only make the tree large.
  private let oneWay = Model(
    "one way",
    ["q", "p", "f", "f"],
    """
    shared x = 0, n = 0, y = 0
    program q { x = 2 }
    program p { x = 1; while x == 1 { n = 1; n = 0 } }
    program f { y = y + 1; y = y + 1; y = y + 1 }
    """
  )

  @Test func `what never ends in a shard is wrong if it ends in another`() throws {
    let parts = try results(oneWay, 24)
    let undecided = parts.filter { $0.report.undecided != nil }
    #expect(!undecided.isEmpty)
    #expect(undecided.allSatisfy { $0.report.failures.isEmpty && $0.report.canEnd == false })
    #expect(parts.contains { $0.report.canEnd == true })
    try compare(oneWay, [2, 5, 24])
    // As long as the others are missing it is not said.
    let (sum, missing) = try ShardResult.merge(undecided)
    #expect(!missing.isEmpty)
    #expect(sum.failures.isEmpty && sum.undecided != nil)
  }

  @Test func `what never ends in any shard is meant so`() throws {
    let server = Model(
      "server",
      ["p", "q", "r"],
      """
      mutex m
      shared x[3]
      program p { while true { lock m; x[0] = 1; unlock m; x[0] = 0 } }
      program q { while true { lock m; x[1] = 1; unlock m; x[1] = 0 } }
      program r { while true { lock m; x[2] = 1; unlock m; x[2] = 0 } }
      """
    )
    try compare(server, [2, 3])
    let (sum, _) = try ShardResult.merge(try results(server, 3))
    #expect(sum.failures.isEmpty && sum.cannotEnd == nil && sum.undecided == nil)
  }

  @Test func `tasks that go round for ever are dealt out all the same`() throws {
    let spin = Model(
      "spin",
      ["p", "q"],
      "shared x = 0\nprogram p { while true { yield } }\nprogram q { x = 1; x = 2; x = 3 }"
    )
    try compare(spin, [2, 4])
  }

  @Test func `with a shard missing nothing is exhausted, and no schedule is proved the smallest`()
    throws
  {
    let parts = try results(.philosophers(4), 4)
    let (sum, missing) = try ShardResult.merge([parts[0], parts[1], parts[3]])
    #expect(missing == [3])
    #expect(!sum.isExhausted)
    let whole = try Model.philosophers(4).all(.states)
    let schedules = try #require(sum.schedules)
    #expect(try schedules < #require(whole.schedules))
    #expect(sum.failures.allSatisfy { $0.minimal != .proved })
  }
}
