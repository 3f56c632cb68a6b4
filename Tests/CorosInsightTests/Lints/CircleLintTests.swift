import CorosKernel
import CorosSync
import Testing

@testable import CorosInsight

/// Tasks that wait for one another while others go on.
@Suite(.timeLimit(.minutes(15))) struct CircleLintTests {
  /// G10 of the goldens: left takes A and B, right B and A, and a third task goes on.
  @Test func `a circle is found in the step that closes it`() throws {
    let machine = LintMachine()
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
    #expect(machine.found(.circle) == [])
    machine.run(ticks: 1)
    let circle = try #require(machine.found(.circle).first)
    #expect(circle.tick == 4)
    #expect([circle.task] + circle.others == [1, 2])
    #expect(
      circle.sentence(machine.scheduler)
        == "tasks 1 and 2 wait for one another: 1 → B → 2 → A → 1"
    )
    machine.run()
    #expect(machine.found(.circle).count == 1)
  }

  @Test func `a circle of reads, writes and ends is found, with a waiting writer between`() throws {
    let machine = LintMachine(FirstInFirstOut())
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
    let circle = try #require(machine.found(.circle).first)
    #expect([circle.task] + circle.others == [1, 3, 2])
    #expect(circle.objects == ["", "table", "table"])
  }

  @Test(arguments: [0, 1, 2])
  func `a wait that may end otherwise closes no circle`(way: Int) throws {
    let machine = LintMachine()
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
    #expect(machine.found(.circle) == [])
  }

  @Test func `waits for permits close no circle`() throws {
    let machine = LintMachine()
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
}
