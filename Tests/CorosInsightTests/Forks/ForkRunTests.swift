import Testing

@testable import CorosInsight

/// Trees of processes after forks and exits.
@Suite struct ForkRunTests {
  private func final(_ actions: String, _ reparenting: Reparenting = .unix) throws -> ForkTree? {
    try ForkRun(actions, reparenting: reparenting).trees.last
  }

  @Test func `each action has its tree`() throws {
    let run = try ForkRun("a+b,b+c,b-")
    #expect(run.says == ["a forks b", "b forks c", "b EXITS"])
    #expect(
      run.trees == [
        ForkTree("a"), ForkTree("a", [ForkTree("b")]),
        ForkTree("a", [ForkTree("b", [ForkTree("c")])]),
        ForkTree("a", [ForkTree("c")]),
      ]
    )
    #expect(run.failed.isEmpty)
  }

  @Test func `who takes in the children depends on the rule`() throws {
    let actions = "a+b,a+c,b+d,d+e,e+f,b+g,d-"
    let (b, g) = ("b", ForkTree("g"))
    let below = ForkTree("e", [ForkTree("f")])
    #expect(
      try final(actions) == ForkTree("a", [ForkTree(b, [g]), ForkTree("c"), below])
    )
    #expect(
      try final(actions, .flat)
        == ForkTree("a", [ForkTree(b, [g]), ForkTree("c"), ForkTree("e"), ForkTree("f")])
    )
    #expect(
      try final(actions, .local) == ForkTree("a", [ForkTree(b, [g, below]), ForkTree("c")])
    )
  }

  @Test func `where only leaves exit, the exit of others fails and changes nothing`() throws {
    let run = try ForkRun("a+b,b+c,b-,c-,b-", onlyLeaves: true)
    #expect(run.failed == ["b-"])
    #expect(run.says[2] == "b EXITS (failed: has children)")
    #expect(run.trees[3] == run.trees[2])
    #expect(run.trees.last == ForkTree("a"))
  }

  @Test(arguments: [
    ("", "an action is missing beside this comma", 0..<1),
    ("a+b,", "an action is missing beside this comma", 3..<4),
    ("a", "'a' is not an action", 0..<1), ("a+", "'a+' is not an action", 0..<2),
    ("a+b+c", "'a+b+c' is not an action", 0..<5), ("a-b", "'a-b' is not an action", 0..<3),
    ("a+b,c+d", "there is no process c", 4..<7), ("a+b,c-", "there is no process c", 4..<6),
    ("a-", "the root never exits", 0..<2), ("a+a", "there is a process a already", 0..<3),
    ("a+b,b-,b+c", "b has exited already", 7..<10),
    ("a+b,b-,a+b", "b has been used already", 7..<10),
  ])
  func `what cannot be is refused at its place`(
    _ actions: String,
    _ message: String,
    _ range: Range<Int>
  ) {
    do throws(ForkError) {
      _ = try ForkRun(actions)
      Issue.record("it was accepted")
    } catch {
      #expect(error.message == message && error.range == range && !error.hint.isEmpty)
    }
  }

  @Test func `a long chain is no trouble`() throws {
    let names = ["a"] + (1..<1_000).map { "p\($0)" }
    let actions = zip(names, names.dropFirst()).map { "\($0)+\($1)" }
    let run = try ForkRun(actions.joined(separator: ","))
    #expect(run.trees.last?.names == names)
    #expect(throws: ForkError.self) {
      try ForkRun((1...1_001).map { "a+p\($0)" }.joined(separator: ","))
    }
  }

  @Test func `a tree is drawn as a tree`() throws {
    #expect(
      try final("a+b,b+c,a+d,b+e")?.lines == ["a", "├─ b", "│  ├─ c", "│  └─ e", "└─ d"]
    )
  }
}
