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
      switch random.next(below: depth > 3 ? 4 : 10) {
      case 0: return "\(place()) = \(number())"
      case 1: return "\(place()) += \(number())"
      case 2: return "yield"
      case 3: return "\(pick(locals)) = \(number()) % 100"
      case 4: return "if \(condition()) { \(block(holding: holding)) }"
      case 5:
        return
          "if \(condition()) { \(block(holding: holding)) } else { \(block(holding: holding)) }"
      case 6: return "repeat \(1 + random.next(below: 3)) { \(block(holding: holding)) }"
      case 7:
        loops += 1
        let name = "i\(loops)"
        return "var \(name) = 0; while \(name) < 3 { \(name) += 1; \(block(holding: holding)) }"
      case 8 where !holding: return "lock m; \(block(holding: true)); unlock m"
      default: return "\(place()) -= 1"
      }
    }

    mutating func place() -> String { pick(["n", "x[\(index())]", "a", "b"]) }

    mutating func index() -> String { pick(["0", "1", "2", "(a % 3 + 3) % 3"]) }

    mutating func number() -> String {
      switch random.next(below: 6) {
      case 0: "n"
      case 1: "x[\(index())]"
      case 2: "\(pick(locals)) + \(random.next(below: 5))"
      case 3: "(n - x[1]) % 7"
      case 4: "-a"
      default: "\(random.next(below: 50))"
      }
    }

    mutating func condition() -> String {
      switch random.next(below: 5) {
      case 0: "n == \(random.next(below: 3))"
      case 1: "a < b and x[0] >= n"
      case 2: "not (n < 2) or a == b"
      case 3: "x[\(index())] % 2 == 0"
      default: "a >= 3"
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

  @Test(arguments: 0..<60)
  func `two interpreters do the same, event for event`(_ seed: UInt64) throws {
    var author = Author(random: RandomSource(seed: seed))
    let texts = (0..<3).map { number in
      "program p\(number) { var a = \(number), b = 2; \(author.block()) }"
    }
    let policy: any SchedulingPolicy = seed % 2 == 0 ? Lottery() : RoundRobin(quantum: 3)
    let first = try TypedRun("shared n = 1, x[3] = 2", "mutex m", policy: policy, seed: seed)
    let second = try TypedRun("shared n = 1, x[3] = 2", "mutex m", policy: policy, seed: seed)
    for (number, text) in texts.enumerated() {
      try first.scheduler.define(text)
      try first.spawn("p\(number)")
      guard case .program(let routine) = try Definition.parse(text)[0] else { continue }
      let scheduler = second.scheduler
      var cells: [String: Object<SharedCell>] = [:]
      for name in ["n", "x[0]", "x[1]", "x[2]"] {
        cells[name] = scheduler.find(SharedCell.self, named: name)
      }
      let mutex = try scheduler.perform(MakeMutex("m"))
      let body = routine.body
      try scheduler.createTask("p\(number)") { os in
        var walker = Walker(cells: cells, mutex: mutex, os: os)
        try await walker.run(body)
      }
    }
    first.log.removeAll()
    second.log.removeAll()
    _ = first.scheduler.run(until: { $0.now > 3_000 })
    _ = second.scheduler.run(until: { $0.now > 3_000 })
    #expect(story(first.log) == story(second.log), "\(texts.joined(separator: "\n"))")
    #expect(first.values == second.values)
    #expect(first.scheduler.brokenInvariants().isEmpty)
  }
}
