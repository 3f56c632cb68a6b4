import CorosKernel
import CorosPrograms
import CorosSync
import Testing

@testable import CorosInsight

/// The reports about locks and what else tasks share: the true ones always, at the moment they arise, and no others.
@Suite(.timeLimit(.minutes(5))) struct SharingLintTests {
  /// A machine with a recorder of lints.
  private final class Machine {
    let scheduler: Scheduler
    let lints: LintRecorder

    init(_ policy: any SchedulingPolicy = RoundRobin(), seed: UInt64 = 0) {
      scheduler = Scheduler(policy: policy, seed: seed)
      lints = LintRecorder(policy: policy.description)
      scheduler.add(lints)
    }

    func spawn(
      _ name: String = "task",
      priority: Int = 0,
      _ body: @escaping TaskBody
    ) throws {
      let parameters = SchedulingParameters(priority: priority)
      try scheduler.createTask(name, parameters: parameters, body)
    }

    func mutex(_ name: String) throws -> Mutex { try scheduler.perform(MakeMutex(name)) }

    @discardableResult
    func run(ticks: Tick = 10_000) -> RunOutcome { scheduler.run(ticks: ticks) }

    var kinds: [Lint] { lints.findings.map(\.lint) }
    var sentences: [String] { lints.findings.map { $0.sentence(scheduler) } }
  }

  private func found(_ lint: Lint, _ machine: Machine) -> [LintFinding] {
    machine.lints.findings.filter { $0.lint == lint }
  }

  // MARK: Circles

  /// G10 of the goldens: left takes A and B, right B and A, and a third task goes on.
  @Test func `a circle is found in the step that closes it`() throws {
    let machine = Machine()
    let (a, b) = (try machine.mutex("A"), try machine.mutex("B"))
    try machine.spawn("left") { os in
      try await os.lock(a)
      try await os.lock(b)
    }
    try machine.spawn("right") { os in
      try await os.lock(b)
      try await os.lock(a)
    }
    try machine.spawn("count") { os in try await os.compute(9) }
    machine.run(ticks: 4)
    #expect(found(.circle, machine) == [])
    machine.run(ticks: 1)
    let circle = try #require(found(.circle, machine).first)
    #expect(circle.tick == 4)
    #expect([circle.task] + circle.others == [1, 2])
    #expect(
      circle.sentence(machine.scheduler)
        == "tasks 1 and 2 wait for one another: 1 → B → 2 → A → 1"
    )
    machine.run()
    #expect(found(.circle, machine).count == 1)
  }

  @Test func `a circle of reads, writes and ends is found, with a waiting writer between`() throws {
    let machine = Machine(FirstInFirstOut())
    let table = try machine.scheduler.perform(MakeRWLock("table"))
    // 1 reads and waits for the end of 3, which wants to read, behind 2, which wants to write.
    try machine.spawn("first") { os in
      try await os.readLock(table)
      try await os.yield()
      _ = try await os.waitTask(3)
    }
    try machine.spawn("writer") { os in try await os.writeLock(table) }
    try machine.spawn("second") { os in try await os.readLock(table) }
    machine.run()
    let circle = try #require(found(.circle, machine).first)
    #expect([circle.task] + circle.others == [1, 3, 2])
    #expect(circle.objects == ["", "table", "table"])
  }

  @Test(arguments: [0, 1, 2])
  func `a wait that may end otherwise closes no circle`(way: Int) throws {
    let machine = Machine()
    let (a, b) = (try machine.mutex("A"), try machine.mutex("B"))
    try machine.spawn("left") { os in
      try await os.lock(a)
      try await os.compute()
      switch way {
      case 0: try await os.lock(b, timeout: 50)
      case 1: try await os.withTimeout(50) { _ = try await os.lock(b) }
      default: try await os.withShield { _ = try await os.lock(b) }
      }
    }
    try machine.spawn("right") { os in
      try await os.lock(b)
      try await os.compute()
      try await os.lock(a)
    }
    if way == 2 { try machine.scheduler.perform(CancelTask(1)) }
    try machine.spawn { os in try await os.compute(20) }
    machine.run(ticks: 20)
    #expect(found(.circle, machine) == [])
  }

  @Test func `waits for permits close no circle`() throws {
    let machine = Machine()
    let (s, t) = (
      try machine.scheduler.perform(MakeSemaphore("s", value: 1)),
      try machine.scheduler.perform(MakeSemaphore("t", value: 1))
    )
    for (first, second) in [(s, t), (t, s)] {
      try machine.spawn { os in
        try await os.withPermit(first) {
          try await os.compute(3)
          try await os.withPermit(second) {}
        }
      }
    }
    machine.run()
    #expect(machine.kinds == [])
  }

  // MARK: Orphans

  /// G4 and G5: the owner ends by itself, or is killed.
  @Test func `a lock of an ended task is told of, once, with its heir`() throws {
    let machine = Machine()
    let m = try machine.mutex("m")
    try machine.spawn("own") { os in
      try await os.lock(m)
      try await os.sleep(5)
    }
    for name in ["w1", "w2"] {
      try machine.spawn(name) { os in try await os.withLock(m) { try await os.write("in") } }
    }
    #expect(machine.run() == .allFinished)
    #expect(
      machine.sentences == [
        "task 1 (own) ended and held m: it passes to task 2 (w1), whose data may be half changed"
      ]
    )
  }

  @Test func `a lock that nobody waits for is told of when its holder ends, and not again`() throws {
    let machine = Machine()
    let m = try machine.mutex("m")
    try machine.spawn("own") { os in try await os.lock(m) }
    machine.run()
    #expect(
      machine.sentences == [
        "task 1 (own) ended and held m: it is free now, and what it protects may be half changed"
      ]
    )
    try machine.spawn("later") { os in try await os.withLock(m) {} }
    machine.run()
    #expect(machine.kinds == [.orphan])
  }

  @Test func `a permit of a scope and a reader's lock are told of, too`() throws {
    let machine = Machine()
    let s = try machine.scheduler.perform(MakeSemaphore("s", value: 1))
    let table = try machine.scheduler.perform(MakeRWLock("table"))
    try machine.spawn("own") { os in
      try await os.withPermit(s) {
        try await os.readLock(table)
        try await os.sleep(50)
      }
    }
    machine.run(ticks: 5)
    try machine.scheduler.perform(KillTask(1))
    #expect(machine.sentences == ["task 1 (own) ended and held table", "task 1 (own) ended and held s"])
  }

  /// G6, G7 and G113: who never ran with the lock, and who gave it back, leave nothing behind.
  @Test(arguments: [true, false])
  func `a grant taken back and a lock given back in order are no orphans`(isKilled: Bool) throws {
    let machine = Machine()
    let m = try machine.mutex("m")
    try machine.spawn("own") { os in try await os.withLock(m) { try await os.sleep(3) } }
    for name in ["w1", "w2"] {
      try machine.spawn(name) { os in try await os.withLock(m) { try await os.sleep(2) } }
    }
    machine.run(ticks: 100)
    let again = Machine()
    let n = try again.mutex("m")
    try again.spawn("own") { os in try await os.withLock(n) { try await os.sleep(3) } }
    for name in ["w1", "w2"] {
      try again.spawn(name) { os in try await os.withLock(n) { try await os.sleep(2) } }
    }
    again.scheduler.run { scheduler in scheduler.object(n.id)?.holders.first?.task == 2 }
    if isKilled {
      try again.scheduler.perform(KillTask(2))
    } else {
      try again.scheduler.perform(CancelTask(2))
    }
    #expect(again.run() == .allFinished)
    #expect(machine.kinds == [] && again.kinds == [])
  }

  // MARK: Orders

  /// Two tasks, one after the other, that do something with two locks and a gate.
  private func orders(
    _ first: @escaping @Sendable (SystemInterface, Mutex, Mutex, Mutex) async throws -> Void,
    _ second: (@Sendable (SystemInterface, Mutex, Mutex, Mutex) async throws -> Void)?
  ) throws -> [LintFinding] {
    let machine = Machine(FirstInFirstOut())
    let (a, b, gate) = (
      try machine.mutex("A"), try machine.mutex("B"), try machine.mutex("gate")
    )
    try machine.spawn("first") { os in try await first(os, a, b, gate) }
    if let second { try machine.spawn("second") { os in try await second(os, a, b, gate) } }
    #expect(machine.run() == .allFinished)
    #expect(machine.kinds.allSatisfy { $0 == .order })
    return machine.lints.findings
  }

  @Test func `two orders are told of, though no deadlock has come`() throws {
    let findings = try orders(
      { os, a, b, _ in try await os.withLock(a) { try await os.withLock(b) {} } },
      { os, a, b, _ in try await os.withLock(b) { try await os.withLock(a) {} } }
    )
    #expect(findings.map(\.task) == [2])
    #expect(findings.first?.others == [1] && findings.first?.ticks == [1])
    #expect(findings.first?.objects == ["A", "B"])
  }

  @Test func `an order that one task had both ways is told of when another has one of them`() throws {
    let findings = try orders(
      { os, a, b, _ in
        try await os.withLock(a) { try await os.withLock(b) {} }
        try await os.withLock(b) { try await os.withLock(a) {} }
      },
      { os, a, b, _ in try await os.withLock(b) { try await os.withLock(a) {} } }
    )
    #expect(findings.map(\.task) == [2])
  }

  @Test func `a common gate makes two orders harmless`() throws {
    #expect(
      try orders(
        { os, a, b, gate in
          try await os.withLock(gate) {
            try await os.withLock(a) { try await os.withLock(b) {} }
          }
        },
        { os, a, b, gate in
          try await os.withLock(gate) {
            try await os.withLock(b) { try await os.withLock(a) {} }
          }
        }
      ) == []
    )
  }

  @Test func `one task alone may take them as it likes`() throws {
    #expect(
      try orders(
        { os, a, b, _ in
          try await os.withLock(a) { try await os.withLock(b) {} }
          try await os.withLock(b) { try await os.withLock(a) {} }
        },
        nil
      ) == []
    )
  }

  @Test func `what a task tries, asks for in time, or asks for after giving back makes no order`() throws {
    #expect(
      try orders(
        { os, a, b, _ in try await os.withLock(a) { try await os.withLock(b) {} } },
        { os, a, b, _ in
          try await os.withLock(b) {
            if try await os.tryLock(a) { try await os.unlock(a) }
            try await os.withLock(a, timeout: 5) {}
            try await os.withTimeout(5) { try await os.withLock(a) {} }
          }
          try await os.withLock(b) {}
          try await os.withLock(a) {}
        }
      ) == []
    )
  }

  @Test func `two reads have no order, and a read and a write have`() throws {
    for (isWriter, count) in [(false, 0), (true, 1)] {
      let machine = Machine(FirstInFirstOut())
      let a = try machine.scheduler.perform(MakeRWLock("A"))
      let b = try machine.scheduler.perform(MakeRWLock("B"))
      for (first, second) in [(a, b), (b, a)] {
        try machine.spawn { os in
          try await os.readLock(first)
          if isWriter { try await os.writeLock(second) } else { try await os.readLock(second) }
          try await os.unlock(second)
          try await os.unlock(first)
        }
      }
      #expect(machine.run() == .allFinished)
      #expect(machine.kinds == Array(repeating: .order, count: count))
    }
  }

  @Test func `an order of three locks is told of with all of them`() throws {
    let machine = Machine(FirstInFirstOut())
    let locks = try ["A", "B", "C"].map { try machine.mutex($0) }
    for index in 0..<3 {
      try machine.spawn { os in
        try await os.withLock(locks[index]) { try await os.withLock(locks[(index + 1) % 3]) {} }
      }
    }
    machine.run()
    #expect(
      machine.sentences == [
        "task 3 (task) asks for A while it holds C; tasks 1 and 2 took them in the order A → B → C, "
          + "in ticks 1 to 6: they may deadlock"
      ]
    )
  }

  // MARK: Lost notifications

  @Test func `a notification that came too early is told of when nobody can give another`() throws {
    let machine = Machine()
    try machine.spawn("lostwakeup") { os in
      let m = try await os.mutex("m")
      let done = try await os.condition("done", on: m)
      _ = try await os.newTask("sleeper") { os in
        try await os.sleep(10)
        try await os.withLock(m) { try await os.wait(on: done) }
      }
      _ = try await os.newTask("setter") { os in
        try await os.withLock(m) { _ = try await os.notify(done) }
      }
    }
    machine.run()
    let lost = try #require(found(.lost, machine).first)
    #expect(lost.task == 2 && lost.others == [3] && lost.objects == ["done"])
    #expect(machine.kinds == [.lost])
  }

  @Test func `a waiter with a deadline, and one whose notifier lives, have lost nothing`() throws {
    let machine = Machine()
    let m = try machine.mutex("m")
    let done = try machine.scheduler.perform(MakeCondition("done", on: m))
    try machine.spawn("early") { os in
      try await os.withLock(m) { _ = try await os.notify(done) }
    }
    try machine.spawn("patient") { os in
      try await os.sleep(10)
      try await os.withLock(m) { try? await os.wait(on: done, timeout: 20) }
    }
    try machine.spawn("late") { os in
      try await os.withLock(m) { _ = try await os.notify(done) }
      try await os.sleep(60)
      try await os.withLock(m) { _ = try await os.notify(done) }
    }
    try machine.spawn("waiter") { os in
      try await os.sleep(20)
      try await os.withLock(m) { try await os.wait(on: done) }
    }
    #expect(machine.run() == .allFinished)
    #expect(machine.kinds == [])
  }

  // MARK: Lost permits

  /// G23: the holder of the only permit ends.
  @Test func `a deadlock tells of permits that ended tasks took and never gave`() throws {
    let machine = Machine()
    let s = try machine.scheduler.perform(MakeSemaphore("s", value: 1))
    try machine.spawn("taker") { os in try await os.acquire(s) }
    try machine.spawn("waiter") { os in
      try await os.sleep(5)
      try await os.acquire(s)
    }
    guard case .deadlock(let deadlock) = machine.run() else {
      Issue.record("no deadlock")
      return
    }
    #expect(
      machine.lints.memory.sharing.suspicions(behind: deadlock, machine.scheduler)
        == ["s has no permit left: task 1 (taker), ended at tick 3, took 1 more than it gave"]
    )
    #expect(machine.kinds == [])
  }

  // MARK: Inversion

  /// G69: low has the bus, high wants it, and middle computes.
  private func inversion(_ policy: any SchedulingPolicy) throws -> Machine {
    let machine = Machine(policy)
    let bus = try machine.mutex("bus")
    try machine.spawn("low", priority: 1) { os in
      try await os.withLock(bus) { try await os.compute(4) }
    }
    try machine.spawn("middle", priority: 5) { os in
      try await os.sleep(3)
      try await os.compute(20)
    }
    try machine.spawn("high", priority: 9) { os in
      try await os.sleep(2)
      try await os.withLock(bus) {}
    }
    #expect(machine.run() == .allFinished)
    return machine
  }

  @Test func `inversion is told of after ten ticks, once`() throws {
    let machine = try inversion(HighestPriorityFirst())
    #expect(machine.kinds == [.inversion])
    #expect(
      machine.sentences == [
        "task 3 (high) waits for bus, held by task 1 (low), which is ready and does not run: "
          + "task 2 (middle) has a priority between the two"
      ]
    )
    #expect(try inversion(RoundRobin()).kinds == [])
    #expect(try inversion(FirstInFirstOut()).kinds == [])
  }

  @Test func `a policy chosen meanwhile, and priorities set meanwhile, count`() throws {
    let machine = Machine()
    let bus = try machine.mutex("bus")
    try machine.spawn("low") { os in try await os.withLock(bus) { try await os.compute(4) } }
    machine.run(ticks: 2)
    machine.scheduler.use(HighestPriorityFirst())
    for (name, priority) in [("middle", 5), ("high", 9)] {
      try machine.spawn(name, priority: 1) { os in
        _ = try await os.setPriority(priority)
        if name == "high" { try await os.withLock(bus) {} } else { try await os.compute(30) }
      }
    }
    machine.run()
    #expect(machine.kinds == [.inversion])
  }

  @Test func `a holder that sleeps, or is stopped, is no victim of inversion`() throws {
    let machine = Machine(HighestPriorityFirst())
    let bus = try machine.mutex("bus")
    try machine.spawn("low", priority: 1) { os in
      try await os.withLock(bus) { try await os.sleep(40) }
    }
    machine.run(ticks: 2)
    try machine.spawn("high", priority: 9) { os in try await os.withLock(bus) {} }
    try machine.spawn("middle", priority: 5) { os in try await os.compute(30) }
    machine.run()
    #expect(machine.kinds == [])
  }

  // MARK: No false alarms

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
      let machine = Machine(Lottery(), seed: seed)
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
      let machine = Machine(Lottery(), seed: seed)
      try machine.scheduler.createTask("dinner", program.code(arguments: ["3", "3"]))
      let outcome = machine.run()
      if case .deadlock = outcome { stuck += 1 }
      #expect(found(.circle, machine).isEmpty == (outcome == .allFinished), "seed \(seed)")
      #expect(machine.kinds.allSatisfy { $0 == .circle || $0 == .order })
    }
    #expect(stuck > 0)
  }
}
