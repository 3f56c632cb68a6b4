import CorosKernel
import CorosSync
import Testing

@testable import CorosInsight

/// Tasks that end while they hold something.
@Suite(.timeLimit(.minutes(15))) struct OrphanLintTests {
  /// G4 and G5: the owner ends by itself, or is killed.
  @Test func `a lock of an ended task is told of, once, with its heir`() throws {
    let machine = LintMachine()
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

  @Test func `a lock that nobody waits for is told of when its holder ends, and not again`() throws
  {
    let machine = LintMachine()
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
    let machine = LintMachine()
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
    #expect(
      machine.sentences == ["task 1 (own) ended and held table", "task 1 (own) ended and held s"]
    )
  }

  /// G6, G7 and G113: who never ran with the lock, and who gave it back, leave nothing behind.
  @Test(arguments: [true, false])
  func `a grant taken back and a lock given back in order are no orphans`(isKilled: Bool) throws {
    let machine = LintMachine()
    let m = try machine.mutex("m")
    try machine.spawn("own") { os in try await os.withLock(m) { try await os.sleep(3) } }
    for name in ["w1", "w2"] {
      try machine.spawn(name) { os in try await os.withLock(m) { try await os.sleep(2) } }
    }
    machine.run(ticks: 100)
    let again = LintMachine()
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
}
