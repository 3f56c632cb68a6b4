import CorosExplore
import CorosKernel
import Testing

/// Samplers find failures as often as is known from exact counts.
@Suite(.timeLimit(.minutes(15))) struct SamplerTests {
  private static let runs = 20_000

  private func failures(_ model: Model, _ strategy: Strategy) throws -> Int {
    let report = try model.all(strategy) { $0.runs = Self.runs }
    #expect(report.runs == Self.runs)
    return try #require(report.failing.small)
  }

  /// Within five standard deviations of a chance.
  private func expect(_ failing: Int, near chance: Double, _ name: String) {
    let mean = chance * Double(Self.runs)
    let deviation = (mean * (1 - chance)).squareRoot()
    #expect(abs(Double(failing) - mean) <= 5 * deviation, "\(name): \(failing), not \(mean)")
  }

  @Test(arguments: [
    Model.philosophers(2), .lostUpdate(2), .abba, .twostage(2), .reorder(3), .account,
  ])
  func `a random walk fails with the chance that the states tell`(_ model: Model) throws {
    let chance = try #require(try model.all(.states).chance)
    expect(try failures(model, .random), near: chance.approximate, model.name)
  }

  @Test(arguments: [Model.lostUpdate(2), .lostUpdate(3), .reorder(3)])
  func `where nothing waits urw draws each schedule with the same chance`(_ model: Model) throws {
    let states = try model.all(.states)
    let all = try #require(states.schedules)
    let chance = states.failing.approximate / all.approximate
    expect(try failures(model, .urw), near: chance, model.name)
  }

  @Test(arguments: [Model.lostUpdate(2), .philosophers(2), .abba], [1, 2])
  func `pct fails with the chance that its draws have`(_ model: Model, _ depth: Int) throws {
    // Change points are drawn among the steps of the longest walk, and a fifth more.
    let deepest = try model.all(.dfs).deepest
    let steps = deepest + (deepest + 4) / 5
    let chance = try PriorityDraws(model: model).chance(depth: depth, steps: steps)
    expect(try failures(model, .pct(depth: depth)), near: chance, model.name)
  }

  @Test(arguments: [Model.lostUpdate(2), .philosophers(2), .abba])
  func `pos fails with the chance that its draws have`(_ model: Model) throws {
    var draws = StepDraws(model)
    expect(try failures(model, .pos), near: try draws.chance(), model.name)
  }

  @Test func `mix fails as often as its parts do`() throws {
    let model = Model.lostUpdate(2)
    // Of eight runs two are walks, two are by pos, one each is by urw and by pct of depth 2, 3 and 10.
    let parts: [(Strategy, share: Double)] = [
      (.random, 2), (.pos, 2), (.urw, 1), (.pct(depth: 2), 1), (.pct(depth: 3), 1),
      (.pct(depth: 10), 1),
    ]
    var mean = 0.0
    for (strategy, share) in parts {
      mean += Double(try failures(model, strategy)) * share / 8
    }
    let failing = Double(try failures(model, .mix))
    // Both sides are drawn, so their deviations add up.
    #expect(abs(failing - mean) <= 5 * (2 * mean).squareRoot(), "\(failing), not \(mean)")
  }

  @Test(arguments: [(Model.lostUpdate(2), 2, 6), (.philosophers(2), 2, 10), (.abba, 2, 10)])
  func `pct finds a failure of depth 2 at least as often as is promised`(
    _ model: Model,
    _ tasks: Int,
    _ steps: Int
  ) throws {
    // Depth 2: at least 1 in n · k.
    let promised = Double(Self.runs) / Double(tasks * (steps + 2))
    #expect(Double(try failures(model, .pct(depth: 2))) > promised - 5 * promised.squareRoot())
  }
}
