import CorosKernel
import CorosSync
import Testing

@testable import CorosInsight

/// Notifications and permits that are lost.
@Suite(.timeLimit(.minutes(15))) struct LostLintTests {
  @Test func `a notification that came too early is told of when nobody can give another`() throws {
    let machine = LintMachine()
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
    let lost = try #require(machine.found(.lost).first)
    #expect(lost.task == 2 && lost.others == [3] && lost.objects == ["done"])
    #expect(machine.kinds == [.lost])
  }

  @Test func `objects that are gone leave nothing in the books`() throws {
    let machine = LintMachine()
    try machine.spawn("groups") { os in
      for _ in 1...500 {
        try await os.withGroup { group in
          try await group.spawn("child") { os in _ = try? await os.receive(timeout: 1) }
        }
      }
    }
    machine.run()
    #expect(machine.scheduler.objectCount == 0)
    #expect(machine.lints.memory.sharing.size == 0)
  }

  @Test func `a waiter with a deadline, and one whose notifier lives, have lost nothing`() throws {
    let machine = LintMachine()
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

  /// G23: the holder of the only permit ends.
  @Test func `a deadlock tells of permits that ended tasks took and never gave`() throws {
    let machine = LintMachine()
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
}
