import CorosKernel
import CorosPrograms
import Testing

@testable import CorosInsight

/// Right programs give no report under any schedule, and wrong ones always.
@Suite(.timeLimit(.minutes(15))) struct FalseAlarmTests {
  private static let schedules = 30

  @Test(arguments: [
    "abba same", "account 5 locked", "buffer", "lostwakeup right", "rendezvous",
    "philosophers 2 3 ordered", "philosophers 5 2 ordered", "barrier 4 3", "readers",
    "readers writers", "readers fair", "barber", "smokers", "santa", "h2o", "bathroom",
  ])
  func `no right program gives a false alarm, in random schedules`(line: String) throws {
    let words = line.split(separator: " ").map(String.init)
    let program = try #require(Catalogue.builtIn[words[0]])
    for seed in 0..<UInt64(Self.schedules) {
      let machine = LintMachine(Lottery(), seed: seed)
      let code = try program.code(arguments: Array(words.dropFirst()))
      try machine.scheduler.createTask(words[0], code)
      #expect(machine.run() == .allFinished)
      #expect(machine.kinds == [], "seed \(seed)")
    }
  }

  @Test func `naive philosophers always show their circle when they are stuck`() throws {
    let program = try #require(Catalogue.builtIn["philosophers"])
    var stuck = 0
    for seed in 0..<UInt64(10 * Self.schedules) {
      let machine = LintMachine(Lottery(), seed: seed)
      try machine.scheduler.createTask("dinner", program.code(arguments: ["3", "3"]))
      let outcome = machine.run()
      if case .deadlock = outcome { stuck += 1 }
      #expect(machine.found(.circle).isEmpty == (outcome == .allFinished), "seed \(seed)")
      #expect(machine.kinds.allSatisfy { $0 == .circle || $0 == .order })
    }
    #expect(stuck > 0)
  }
}
