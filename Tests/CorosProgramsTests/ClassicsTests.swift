import CorosKernel
import CorosPrograms
import Testing

/// The classics in their right forms: exact orders where tasks run one after another, and under every schedule what
/// each of them promises.
@Suite(.timeLimit(.minutes(15))) struct ClassicsTests {
  #if DEBUG
    private static let seeds: UInt64 = 100
  #else
    private static let seeds: UInt64 = 300
  #endif

  /// Runs a program under the usual policies and under random schedules.
  ///
  /// - Parameters:
  ///   - line: The program.
  ///   - servants: How many tasks it cancels in the end; all others end by themselves.
  ///   - look: Receives the lines that were written, without the tasks.
  /// - Throws: What `look` throws.
  private func forEachRun(
    of line: String,
    servants: Int = 0,
    _ look: ([String]) throws -> Void
  ) throws {
    let usual: [any SchedulingPolicy] = [
      RoundRobin(), RoundRobin(quantum: 3), FirstInFirstOut(),
    ]
    for seed in 0..<Self.seeds + UInt64(usual.count) {
      let policy = usual.indices.contains(Int(seed)) ? usual[Int(seed)] : Lottery()
      let run = try ProgramRun(line, policy: policy, seed: seed)
      #expect(run.run() == .allFinished, "\(policy) seed \(seed)")
      let cancelled = run.endings.filter { !$0.hasSuffix("exited 0") }
      #expect(cancelled.count == servants && cancelled.allSatisfy { $0.contains("cancelled") })
      try look(run.lines)
    }
  }

  /// What a program writes when its tasks run one after another.
  private func fifo(_ line: String) throws -> [String] {
    let run = try ProgramRun(line, policy: FirstInFirstOut())
    run.run()
    return run.lines
  }

  // MARK: Readers and writers

  @Test func `readers who go first starve the writers, and writers the readers`() throws {
    let visits = ["r1", "r2", "r1", "r2", "r1", "r2", "r1", "r2"]
    #expect(try fifo("readers") == visits + ["W", "V", "W", "V", "the room is empty"])
    #expect(
      try fifo("readers writers")
        == ["r1", "r2", "W", "V", "W", "V"] + visits.dropLast(2) + ["the room is empty"]
    )
    #expect(
      try fifo("readers fair") == [
        "r1", "r2", "W", "V", "r1", "r2", "W", "V", "r1", "r2", "r1", "r2", "the room is empty",
      ]
    )
  }

  @Test(arguments: ["readers", "readers writers", "readers fair"])
  func `no writer is in the room with anybody`(line: String) throws {
    for seed in 0..<Self.seeds {
      let run = try ProgramRun(line, policy: Lottery(), seed: seed)
      #expect(run.run() == .allFinished)
      // Who writes its line has come in, and stays for six ticks at least.
      let visits = run.events.compactMap { event -> (who: String, tick: Tick)? in
        if case .wrote(let text) = event.action { (text, event.tick) } else { nil }
      }.dropLast()
      for (visit, next) in zip(visits, visits.dropFirst())
      where ["W", "V"].contains(visit.who) || ["W", "V"].contains(next.who) {
        #expect(next.tick - visit.tick > 6, "seed \(seed)")
      }
      let counts = ["r1", "r2", "W", "V"].map { name in visits.count { $0.who == name } }
      #expect(counts == [4, 4, 2, 2])
    }
  }

  // MARK: The others

  @Test func `each customer of the barber is served or leaves`() throws {
    for (chairs, count) in [(1, 1), (2, 6), (3, 10), (5, 4)] {
      try forEachRun(of: "barber \(chairs) \(count)", servants: 1) { lines in
        let served = lines.count { $0.hasSuffix("is served") }
        let left = lines.count { $0.hasSuffix("leaves") }
        #expect(served + left == count)
        #expect(served >= min(chairs, count))
        #expect(lines.last == "\(served) served, \(left) left")
      }
    }
    #expect(
      try fifo("barber") == [
        "3 leaves", "4 leaves", "5 leaves", "6 leaves", "1 is served", "2 is served",
        "2 served, 4 left",
      ]
    )
  }

  @Test func `exactly the smoker whose ingredient is missing smokes`() throws {
    let ingredients = ["tobacco", "paper", "matches"]
    try forEachRun(of: "smokers 4", servants: 6) { lines in
      #expect(lines.count == 9)
      for round in 0..<4 {
        let given = lines[2 * round].components(separatedBy: " and ")
        let missing = ingredients.first { !given.contains($0) }
        #expect(lines[2 * round + 1] == "the one with \(missing ?? "") smokes")
      }
      #expect(lines.last == "4 smoked")
    }
  }

  @Test func `one sleigh with nine reindeer, and two groups of elves`() throws {
    try forEachRun(of: "santa", servants: 1) { lines in
      #expect(lines.count { $0.contains("sleigh") } == 1)
      #expect(lines.count { $0.hasSuffix("is hitched") } == 9)
      #expect(lines.count { $0 == "Santa helps" } == 2)
      #expect(lines.count { $0.hasSuffix("got help") } == 6)
      #expect(lines.last == "all is done")
      // Nobody is helped before Santa helps, and the second group waits for the first.
      let helps = lines.filter { $0 == "Santa helps" || $0.hasSuffix("got help") }
      #expect(helps.firstIndex(of: "Santa helps") == 0)
      #expect(helps.lastIndex(of: "Santa helps") == 4)
    }
  }

  @Test func `atoms bond three at a time, two of hydrogen and one of oxygen`() throws {
    try forEachRun(of: "h2o 4") { lines in
      #expect(lines.count == 13)
      for molecule in 0..<4 {
        #expect(lines[3 * molecule..<3 * molecule + 3].sorted() == ["H", "H", "O"])
      }
    }
    #expect(try fifo("h2o") == ["O", "H", "H", "O", "H", "H", "2 H2O"])
  }

  @Test func `men and women are never together, and three at most are inside`() throws {
    try forEachRun(of: "bathroom") { lines in
      var inside: [String] = []
      for line in lines.dropLast() {
        let words = line.split(separator: " ").map(String.init)
        let who = words[0] + words[1]
        if words[2] == "enters" {
          inside.append(who)
        } else {
          inside.removeAll { $0 == who }
        }
        #expect(inside.count <= 3)
        #expect(Set(inside.map { $0.first }).count <= 1)
      }
      #expect(lines.count == 17 && inside.isEmpty)
    }
    for policy in [RoundRobin(), FirstInFirstOut()] as [any SchedulingPolicy] {
      let run = try ProgramRun("bathroom", policy: policy)
      run.run()
      let entered = run.lines.filter { $0.hasSuffix("enters") }
      #expect(
        entered == [
          "man 1 enters", "man 2 enters", "man 3 enters", "man 4 enters", "woman 5 enters",
          "woman 6 enters", "man 7 enters", "woman 8 enters",
        ]
      )
    }
  }

  @Test func `nobody begins a round before all have ended the one before`() throws {
    try forEachRun(of: "barrier 4 3") { lines in
      let rounds = lines.dropLast().map { $0.suffix(1) }
      #expect(rounds == ["1", "1", "1", "1", "2", "2", "2", "2", "3", "3", "3", "3"])
    }
  }

  // MARK: The wrong forms

  @Test(arguments: ["smokers 3 wrong", "santa wrong", "barrier 3 2 wrong"])
  func `the wrong forms end in a deadlock`(line: String) throws {
    guard case .deadlock = try ProgramRun(line).run() else {
      Issue.record("no deadlock")
      return
    }
  }

  @Test func `the wrong forms that end show what is wrong`() throws {
    func lines(_ line: String) throws -> [String] {
      let run = try ProgramRun(line)
      #expect(run.run() == .allFinished)
      return run.lines
    }
    #expect(try lines("barber 2 6 wrong").last == "6 served, 0 left, 4 had no chair")
    #expect(try lines("bathroom wrong").contains("woman 5 enters, and is not alone"))
    #expect(try lines("h2o 2 wrong").prefix(3).sorted() != ["H", "H", "O"])
  }

  @Test(arguments: [
    "barber", "buffer", "lostwakeup right", "rendezvous", "smokers", "santa", "h2o", "bathroom",
    "barrier", "readers fair",
  ])
  func `two runs of a program at once, or one after the other, have nothing in common`(
    line: String
  ) throws {
    for seed in 0..<Self.seeds / 5 {
      let run = try ProgramRun(line, policy: Lottery(), seed: seed)
      try run.spawn(line)
      #expect(run.run() == .allFinished)
      try run.spawn(line)
      #expect(run.run() == .allFinished)
      #expect(
        run.endings.allSatisfy { $0.hasSuffix("exited 0") || $0.contains("the work is done") }
      )
    }
  }
}

extension ProgramRun {
  /// What was written, without the tasks.
  fileprivate var lines: [String] {
    output.map { String($0.drop { $0 != ":" }.dropFirst(2)) }
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = Substring(self)
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
