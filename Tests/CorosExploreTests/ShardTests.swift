import CorosExplore
import CorosKernel
import Testing

/// An exploration that is spread over processes finds what one process finds.
@Suite(.timeLimit(.minutes(15))) struct ShardTests {
  private func results(_ model: Model, _ strategy: Strategy, _ count: Int) throws -> [ShardResult] {
    let witnesses = try model.explorer.witnesses()
    return try (1...count).map { number in
      let shard = Shard(number, of: count)
      let report = try model.all(strategy) {
        $0.shard = shard
        $0.runs = strategy.isSampler ? 1_000 : nil
      }
      return ShardResult(question: model.name, shard: shard, witnesses: witnesses, report: report)
    }
  }

  @Test(
    arguments: [Model.philosophers(3), .lostUpdate(3), .twostage(2)],
    [Strategy.dfs, .bound(preemptions: 1), .delay(delays: 2), .random, .pct(depth: 3), .mix]
  )
  func `the shards together are the whole`(_ model: Model, _ strategy: Strategy) throws {
    let whole = try model.all(strategy) { $0.runs = strategy.isSampler ? 1_000 : nil }
    let parts = try results(model, strategy, 3)
    let (sum, missing) = try ShardResult.merge(parts.reversed() + parts)
    #expect(missing.isEmpty)
    #expect(sum.runs == whole.runs)
    #expect(sum.failing == whole.failing)
    #expect(sum.failures.map(\.size) == whole.failures.map(\.size))
    #expect(Set(sum.failures.map(\.names)) == Set(whole.failures.map(\.names)))
    #expect(sum.isExhausted == whole.isExhausted)
  }

  @Test(
    arguments: [
      Model.philosophers(3), .lostUpdate(3), .twostage(2), .channel(3), .spawned(3), .lastzero(4),
    ],
    [Strategy.dpor(attempts: false), .dpor(attempts: true), .source(attempts: false)]
  )
  func `the classes of the shards together are all classes`(
    _ model: Model,
    _ strategy: Strategy
  ) throws {
    let whole = try model.all(strategy)
    for count in [2, 3] {
      let (sum, _) = try ShardResult.merge(try results(model, strategy, count))
      #expect(sum.classes == whole.classes)
      #expect(sum.failing == whole.failing)
      #expect(Set(sum.failures.map(\.names)) == Set(whole.failures.map(\.names)))
      #expect(sum.isExhausted)
    }
  }

  @Test(arguments: ["a value or a permit", "a barrier, for a time", "any child", "a condition"])
  func `shards see alike how tasks wait`(_ name: String) throws {
    let program = try #require(SmallProgram.all.first { $0.name == name })
    let whole = try program.explore(.dpor)
    var ends: Set<String> = []
    var classes = 0
    for number in 1...3 {
      let part = try program.explore(.dpor, shard: Shard(number, of: 3))
      ends.formUnion(part.ends)
      classes += part.classes
    }
    #expect(ends == whole.ends)
    #expect(classes == whole.classes)
  }

  @Test func `with a shard missing nothing is exhausted`() throws {
    let parts = try results(.lostUpdate(2), .dfs, 3)
    let (sum, missing) = try ShardResult.merge([parts[0], parts[2]])
    #expect(missing == [2])
    #expect(!sum.isExhausted)
  }

  @Test func `what does not belong together is refused`() throws {
    let parts = try results(.lostUpdate(2), .dfs, 2)
    let others = try results(.lostUpdate(3), .dfs, 2)
    let more = try results(.lostUpdate(2), .dfs, 3)
    #expect(throws: MergeError.otherQuestion("lost_update(2)", "lost_update(3)")) {
      try ShardResult.merge([parts[0], others[1]])
    }
    #expect(throws: MergeError.otherCount(2, 3)) { try ShardResult.merge([parts[0], more[1]]) }
    #expect(throws: MergeError.nothing) { try ShardResult.merge([]) }
    let strange = ShardResult(
      question: parts[1].question,
      shard: parts[1].shard,
      witnesses: [1],
      report: parts[1].report
    )
    #expect(throws: MergeError.otherRuns(1, 2)) { try ShardResult.merge([parts[0], strange]) }
  }

  @Test func `numbers of any size add up, and fractions are in lowest terms`() throws {
    var count = Count(1)
    for factor in 1...30 { count = count * Count(factor) }
    #expect(count.description == "265252859812191058636308480000000")
    #expect((count + Count(1)).description.hasSuffix("1"))
    #expect(count.small == nil)
    #expect(Count(41).small == 41)
    #expect(Count(7) < count)
  }
}
