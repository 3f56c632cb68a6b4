import CorosKernel
import CorosSync
import Testing

@testable import CorosInterpreter
@testable import CorosLanguage

/// Random programs, run by the interpreter and by a second one that shares no code with it: the same events.
@Suite(.timeLimit(.minutes(15))) struct DifferentialTests {
  /// Writes a random program.
  private struct Author {
    var random: RandomSource
    var depth = 0
    var locals = ["a", "b"]
    var loops = 0

    mutating func pick<Element>(_ all: [Element]) -> Element {
      all[random.next(below: all.count)]
    }

    mutating func block(holding: Bool = false) -> String {
      depth += 1
      defer { depth -= 1 }
      let count = 1 + random.next(below: 3)
      return (0..<count).map { _ in statement(holding) }.joined(separator: "; ")
    }

    mutating func statement(_ holding: Bool) -> String {
      switch random.next(below: depth > 3 ? 8 : 22) {
      case 0: return "\(place()) = \(number())"
      case 1: return "\(place()) += \(number())"
      case 2: return "yield"
      case 3: return "\(pick(locals)) = \(number())"
      case 4: return "await \(condition())"
      case 5: return "atomic { \(step()) }"
      case 6: return "when \(condition()) { \(step()) }"
      case 7: return "send line \(number())"
      case 8: return "if \(condition()) { \(block(holding: holding)) }"
      case 9:
        return
          "if \(condition()) { \(block(holding: holding)) } else { \(block(holding: holding)) }"
      case 10: return "repeat \(1 + random.next(below: 3)) { \(block(holding: holding)) }"
      case 11:
        loops += 1
        let name = "i\(loops)"
        return "var \(name) = 0; while \(name) < 3 { \(name) += 1; \(block(holding: holding)) }"
      case 12 where !holding: return "lock m; \(block(holding: true)); unlock m"
      case 13: return "receive line \(pick(locals))"
      case 14: return "down s"
      case 15: return "up s"
      case 16 where !holding:
        return "lock m; if \(condition()) { wait full }; \(step()); unlock m"
      case 17 where !holding: return "lock m; signal full; unlock m"
      case 18: return pick(["set go", "wait go"])
      case 19: return "add(\(pick(["n", "x[1]", "a"])), \(pick(locals)))"
      case 20: return "sleep \(random.next(below: 5))"
      case 21: return "assert n == 0 or 1 < 2"
      default: return "\(place()) -= 1"
      }
    }

    /// What is done in one step.
    mutating func step() -> String {
      let store = "\(place()) = \(number()); \(place()) += 1"
      return random.next(below: 3) == 0
        ? "if \(condition()) { \(store) } else { repeat 2 { \(store) } }" : store
    }

    mutating func place() -> String { pick(["n", "x[\(index())]", "a", "b"]) }

    mutating func index() -> String { pick(["0", "1", "2", "(a % 3 + 3) % 3"]) }

    /// A number that stays small, so that nothing overflows.
    mutating func number() -> String {
      switch random.next(below: 6) {
      case 0: "n % 50"
      case 1: "x[\(index())] % 50"
      case 2: "(\(pick(locals)) + \(random.next(below: 5))) % 50"
      case 3: "(n - x[1]) % 7"
      case 4: "-a % 50"
      default: "\(random.next(below: 50))"
      }
    }

    mutating func condition() -> String {
      switch random.next(below: 6) {
      case 0: "n == \(random.next(below: 3))"
      case 1: "a < b and x[0] >= n"
      case 2: "not (n < 2) or a == b"
      case 3: "x[\(index())] % 2 == 0 or n < 9"
      case 4: "x[2] >= x[1]"
      default: "a >= 3 or n >= 1"
      }
    }
  }

  /// The events that both must have in common.
  private func story(_ log: EventLog) -> [String] {
    log.events.compactMap { event in
      switch event.action {
      case .trapped(let call): "\(event.tick) \(event.task) \(call)"
      case .blocked, .exited, .woke: "\(event.tick) \(event.task) \(event.action)"
      default: nil
      }
    }
  }

  private static let declarations = [
    "shared n = 1, x[3] = 2", "mutex m", "condition full on m", "semaphore s = 2",
    "channel line 2", "event go",
    "procedure add(c, d) { var t = c; c = (t + d) % 50; if c >= 9 { c -= 9 } }",
  ]

  private func machine(_ seed: UInt64) throws -> TypedRun {
    let policy: any SchedulingPolicy = seed % 2 == 0 ? Lottery() : RoundRobin(quantum: 3)
    let run = try TypedRun(policy: policy, seed: seed)
    for text in Self.declarations { try run.scheduler.define(text) }
    return run
  }

  /// Makes tasks of the second interpreter.
  private func walk(_ texts: [String], on scheduler: Scheduler) throws {
    func cell(_ name: String) throws -> Object<SharedCell> {
      try #require(scheduler.find(SharedCell.self, named: name))
    }
    let names: [String: Target] = [
      "n": .cell(try cell("n")), "x": .array(try (0..<3).map { try cell("x[\($0)]") }),
    ]
    let mutex = try scheduler.perform(MakeMutex("m"))
    let objects = Walker.Objects(
      mutex: mutex,
      condition: try scheduler.perform(MakeCondition("full", on: mutex)),
      semaphore: try scheduler.perform(MakeSemaphore("s", value: 2)),
      channel: try scheduler.perform(MakeChannel<Int>("line", capacity: 2)),
      event: try scheduler.perform(MakeEvent("go"))
    )
    guard case .procedure(let add)? = try Definition.parse(Self.declarations[6]).first else {
      return
    }
    for (number, text) in texts.enumerated() {
      guard case .program(let routine)? = try Definition.parse(text).first else { continue }
      try scheduler.createTask("p\(number)") { os in
        var walker = Walker(
          names: names,
          objects: objects,
          procedures: ["add": add],
          text: text,
          os: os
        )
        try await walker.run(routine.body)
      }
    }
  }

  /// Four random programs.
  private func texts(_ seed: UInt64) -> [String] {
    var author = Author(random: RandomSource(seed: seed))
    return (0..<4).map { number in
      let body = (0..<3).map { _ in author.block() }.joined(separator: "; ")
      return "program p\(number) { var a = \(number), b = 2; \(body) }"
    }
  }

  /// Runs them by the interpreter.
  private func interpreted(_ texts: [String], _ seed: UInt64) throws -> TypedRun {
    let run = try machine(seed)
    for (number, text) in texts.enumerated() {
      try run.scheduler.define(text)
      try run.spawn("p\(number)")
    }
    run.log.removeAll()
    _ = run.scheduler.run(until: { $0.now > 3_000 })
    return run
  }

  @Test(arguments: 0..<400)
  func `two interpreters do the same, event for event`(_ seed: UInt64) throws {
    let texts = texts(seed)
    let first = try interpreted(texts, seed)
    let second = try machine(seed)
    try walk(texts, on: second.scheduler)
    second.log.removeAll()
    _ = second.scheduler.run(until: { $0.now > 3_000 })
    #expect(story(first.log) == story(second.log), "\(texts.joined(separator: "\n"))")
    #expect(first.values == second.values)
    #expect(first.scheduler.brokenInvariants().isEmpty)
  }

  @Test func `the random programs do all that there is to compare`() throws {
    var calls: [String: Int] = [:]
    var waits: Set<String> = []
    for seed in 0..<100 as Range<UInt64> {
      var last: [TaskID: String] = [:]
      for event in try interpreted(texts(seed), seed).log.events {
        switch event.action {
        case .trapped(let call):
          calls[call.name, default: 0] += 1
          last[event.task] = call.name
        case .blocked: waits.insert(last[event.task] ?? "")
        default: break
        }
      }
    }
    for name in [
      "ReadCell", "WriteCell", "AtomicBlock", "AwaitCondition", "AssertCondition", "Lock", "Unlock",
      "Acquire", "Release", "CondWait", "Relock", "Notify", "Send", "Receive", "WaitEvent",
      "SetEvent", "Sleep", "Yield", "Compute",
    ] {
      #expect(calls[name, default: 0] >= 20, "\(name)")
    }
    let waiting: Set = [
      "AwaitCondition", "Lock", "Acquire", "CondWait", "Send", "Receive", "WaitEvent", "Sleep",
    ]
    #expect(waits.isSuperset(of: waiting))
  }
}
