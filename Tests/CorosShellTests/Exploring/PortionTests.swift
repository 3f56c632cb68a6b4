import CorosExplore
import CorosSession
import Testing

@testable import CorosShell

/// An exploration that is kept in a file goes on wherever it was stopped, and comes to the same result.
@Suite(.timeLimit(.minutes(15))) struct PortionTests {
  private let session: Session

  init() {
    let shell = TestShell()
    shell.type(
      "shared x = 0",
      "mutex m",
      "program add { var r = x; x = r + 1 }",
      "program lockedAdd { lock m; x = x + 1; unlock m }",
      "finally x == 3",
      "spawn add x2; spawn lockedAdd"
    )
    session = shell.shell.session
  }

  private func order(_ strategy: Strategy, _ shard: Shard = Shard()) -> ExplorationOrder {
    var order = ExplorationOrder()
    order.strategy = strategy
    order.limits.all = true
    order.limits.shrinks = false
    order.limits.shard = shard
    return order
  }

  /// Explores portion by portion.
  ///
  /// - Parameters:
  ///   - order: What is asked.
  ///   - isStopped: Whether each portion is made by another process, which knows no more than the file.
  ///   - other: The session in which it is explored; nil for the usual one.
  /// - Returns: The file at the end.
  /// - Throws: What cannot be explored.
  private func explore(
    _ order: ExplorationOrder,
    isStopped: Bool,
    in other: Session? = nil
  ) throws -> ExplorationFile {
    let session = other ?? session
    var file = ExplorationFile(try session.explorationHeader(version: "1", order, words: []))
    while !file.isOver {
      try session.explorePortion(of: order, for: &file) { _ in nil }
      if isStopped { file = try ExplorationFile(parsing: file.text) }
    }
    return file
  }

  private static let strategies: [Strategy] = [
    .dfs, .dpor(attempts: false), .dpor(attempts: true), .source(attempts: false),
    .source(attempts: true),
  ]

  @Test(arguments: strategies)
  func `what is stopped after each portion comes to the same result`(_ strategy: Strategy) throws {
    let order = order(strategy)
    let file = try explore(order, isStopped: true)
    #expect(file.text == (try explore(order, isStopped: false)).text)
    #expect(file.portions == order.portions)
    #expect(file.portions > 1)
    let whole = try session.explore(order) { _ in nil }
    let all = try #require(file.all)
    #expect(all.covers == .all)
    #expect(all.classes == whole.classes)
    #expect(all.schedules == whole.schedules)
    #expect(all.failing == whole.failing)
    #expect(all.failures.map(\.names) == whole.failures.map(\.names))
  }

  @Test(arguments: [Strategy.dpor(attempts: true), .source(attempts: false)])
  func `the portions of shards add up to all classes`(_ strategy: Strategy) throws {
    let files = try (1...3).map { number in
      ("\(number)", try explore(order(strategy, Shard(number, of: 3)), isStopped: true))
    }
    let sum = try ExplorationMerge(files).exploration
    let whole = try session.explore(order(strategy)) { _ in nil }
    #expect(sum.covers == .all)
    #expect(sum.classes == whole.classes)
    #expect(sum.failing == whole.failing)
  }

  @Test func `shards of states add up, also where one begins anew`() throws {
    let whole = try session.explore(order(.states)) { _ in nil }
    let files = try (1...2).map { number in
      let order = order(.states, Shard(number, of: 2))
      var file = ExplorationFile(try session.explorationHeader(version: "1", order, words: []))
      // As a process leaves it that is killed: it knows nothing but how it was begun.
      if number == 2 { file = try ExplorationFile(parsing: file.text) }
      while !file.isOver { try session.explorePortion(of: order, for: &file) { _ in nil } }
      return ("\(number)", try ExplorationFile(parsing: file.text))
    }
    let sum = try ExplorationMerge(files).exploration
    #expect(sum.covers == .all)
    #expect(sum.states == nil)
    #expect(sum.schedules == whole.schedules)
    #expect(sum.failing == whole.failing)
    #expect(sum.chance == whole.chance)
    #expect(sum.failures.map(\.size) == whole.failures.map(\.size))
    #expect(sum.failures.map(\.minimal) == whole.failures.map(\.minimal))
    #expect(try ExplorationMerge([files[0]]).exploration.covers == .part)
  }

  @Test func `what shards cannot decide alone is kept in their files`() throws {
    let shell = TestShell()
    shell.type(
      "shared x = 0, n = 0, y = 0",
      "program q { x = 2 }",
      "program p { x = 1; while x == 1 { n = 1; n = 0 } }",
      "program f { y = y + 1; y = y + 1; y = y + 1 }",
      "spawn q; spawn p; spawn f x2"
    )
    let session = shell.shell.session
    let whole = try session.explore(order(.states)) { _ in nil }
    let files = try (1...24).map { number in
      let order = order(.states, Shard(number, of: 24))
      return ("\(number)", try explore(order, isStopped: true, in: session))
    }
    #expect(whole.failures.map(\.kind) == [.livelock])
    #expect(files.contains { $0.1.all?.undecided != nil })
    let sum = try ExplorationMerge(files).exploration
    #expect(sum.failures.map(\.kind) == [.livelock])
    #expect(sum.undecided == nil)
    #expect((sum.cannotEnd == nil) == (whole.cannotEnd == nil))
  }

  @Test func `a limit that was reached can be raised, and the result is as if there had been none`()
    throws
  {
    for strategy in [Strategy.dfs, .dpor(attempts: false), .states] {
      var order = order(strategy)
      order.limits.runs = 3
      order.limits.steps = 40
      var file = try explore(order, isStopped: true)
      #expect(file.isOver)
      #expect(file.all?.covers == .part)
      order.limits.runs = nil
      order.limits.steps = nil
      file = file.goingOn(with: ["without limits"])
      #expect(!file.isOver)
      while !file.isOver {
        file = try ExplorationFile(parsing: file.text)
        try session.explorePortion(of: order, for: &file) { _ in nil }
      }
      let whole = try session.explore(order) { _ in nil }
      #expect(file.header.words == ["without limits"])
      #expect(file.all?.covers == .all)
      #expect(file.all?.schedules == whole.schedules)
      #expect(file.all?.classes == whole.classes)
      #expect(file.all?.failing == whole.failing)
    }
  }

  @Test(arguments: [Strategy.dfs, .random, .states])
  func `a limit of steps is that of all shards together`(_ strategy: Strategy) throws {
    let steps = try (1...3).map { number in
      var order = order(strategy, Shard(number, of: 3))
      order.limits.steps = 41
      return try session.explore(order) { _ in nil }.steps
    }
    #expect(steps == [14, 14, 13])
  }

  @Test func `a portion that ends with the last step that there was is followed by none`() throws {
    var order = order(.dfs)
    var file = ExplorationFile(try session.explorationHeader(version: "1", order, words: []))
    try session.explorePortion(of: order, for: &file) { _ in nil }
    let first = try #require(file.done).steps
    order.limits.steps = first
    file = ExplorationFile(try session.explorationHeader(version: "1", order, words: []))
    while !file.isOver { try session.explorePortion(of: order, for: &file) { _ in nil } }
    #expect(file.all?.steps == first)
    #expect(file.all?.stopped == .steps)
  }

  @Test func `a file whose end is missing is refused, wherever it was cut off`() throws {
    let shell = TestShell()
    shell.type(
      "shared x = 0",
      "program add { x = x + 1 }",
      "finally x == 2",
      "spawn add x2"
    )
    let whole = try explore(order(.dfs), isStopped: false, in: shell.shell.session)
    #expect(whole.all?.failures.isEmpty == false)
    let text = whole.text
    for end in text.indices {
      guard let file = try? ExplorationFile(parsing: String(text[..<end])) else { continue }
      // All but the last newline, or nothing but the header.
      #expect(file == whole || file == ExplorationFile(whole.header))
    }
  }

  @Test func `where calls that wait turn out late to matter all classes are one portion`() throws {
    let shell = TestShell()
    shell.type(
      "shared x = 0, y = 0",
      "mutex m",
      "condition c on m",
      """
      program rare {
        if x == 1 { if x == 2 { if x == 3 { if x == 4 { if x == 5 { lock m; wait c; unlock m } } } } }
      }
      """,
      "program writes { x = 1; x = 2; x = 3; x = 4; x = 5; x = 0 }",
      "program tells { lock m; signal c; yield; unlock m }",
      "program adds { y = y + 1; y = y + 1 }",
      "spawn rare; spawn writes; spawn tells; spawn adds x2"
    )
    var order = order(.dpor(attempts: false))
    order.ignored = [.deadlock]
    let session = shell.shell.session
    var file = ExplorationFile(try session.explorationHeader(version: "1", order, words: []))
    while !file.isOver {
      try session.explorePortion(of: order, for: &file) { _ in nil }
      file = try ExplorationFile(parsing: file.text)
    }
    #expect(file.header.portions == 1)
    #expect(try file.all?.classes == session.explore(order) { _ in nil }.classes)
  }

  @Test func `a moment is the same one after a look elsewhere`() {
    let shell = TestShell()
    shell.type("shared x = 0", "program add { x = x + 1 }", "spawn add x2", "step")
    let session = shell.shell.session
    let digest = session.momentDigest
    shell.type("explore dfs --check 'x == 2'")
    #expect(session.momentDigest != digest)
    shell.type("branch 1")
    #expect(session.momentDigest == digest)
    shell.type("step 2; back 2")
    #expect(session.momentDigest == digest)
    shell.type("spawn add")
    #expect(session.momentDigest != digest)
  }
}
