import CorosKernel
import CorosTestSupport
import Testing

@Suite struct KillTaskTests {
  private let scheduler = Scheduler()
  private let log = EventLog()
  private let notes = Notes()

  init() {
    scheduler.add(log)
  }

  private func forever(_ name: String) throws -> TaskID {
    try scheduler.createTask(name) { [notes] os in
      defer { notes.add("\(name) unwound") }
      while true { try await os.yield() }
    }
  }

  @Test func `a live victim ends, and its defers run, before the caller continues`() throws {
    let victim = try forever("victim")
    try scheduler.createTask("killer") { [notes] os in
      notes.add("\(try await os.killTask(victim))")
      notes.add("\(try await os.killTask(victim))")
    }
    scheduler.run(ticks: 2)
    #expect(notes.lines == ["victim unwound"])
    #expect(scheduler.info(victim)?.state == .exited(.killed))
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["victim unwound", "true", "false"])
  }

  @Test func `a task that never existed is not alive`() throws {
    #expect(try scheduler.perform(KillTask(7)) == false)
    #expect(try scheduler.perform(KillTask(-1)) == false)
    #expect(try scheduler.perform(KillTask(TaskID(rawValue: .max))) == false)
    #expect(try scheduler.perform(KillTask(.operator)) == false)
  }

  @Test func `a victim that never started never runs`() throws {
    let victim = try forever("victim")
    #expect(try scheduler.perform(KillTask(victim)))
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == [])
    #expect(scheduler.info(victim)?.state == .exited(.killed))
    #expect(scheduler.info(victim)?.accounting.dispatches == 0)
  }

  @Test func `a waiting victim leaves its queue, and its target lives on`() throws {
    let target = try forever("target")
    let victim = try scheduler.createTask("victim") { [notes] os in
      defer { notes.add("victim unwound") }
      try await os.waitTask(target)
    }
    scheduler.run(ticks: 2)
    #expect(scheduler.info(target)?.waiters == [victim])
    #expect(try scheduler.perform(KillTask(victim)))
    #expect(scheduler.info(target)?.waiters == [])
    #expect(scheduler.info(target)?.state == .ready)
    #expect(notes.lines == ["victim unwound"])
    isWhole(scheduler)
  }

  @Test(arguments: 0..<3)
  func `a victim can be killed during any wait`(kind: Int) throws {
    let calls: [any SystemCall] = [Sleep(100), WaitTask(1, timeout: 100), WaitAnyChild()]
    try scheduler.createTask("target") { os in while true { try await os.sleep(1_000) } }
    let victim = try scheduler.createTask("victim") { [notes] os in
      defer { notes.add("unwound") }
      _ = try await os.newTask("child") { os in try await os.sleep(500) }
      _ = try await os.call(calls[kind])
      notes.add("not reached")
    }
    scheduler.run(ticks: 5)
    #expect(scheduler.info(victim)?.waitingSince != nil)
    #expect(try scheduler.perform(KillTask(victim)))
    isWhole(scheduler)
    #expect(notes.lines == ["unwound"])
    #expect(scheduler.run(ticks: 200) == .idle(until: 503))
    isWhole(scheduler)
  }

  @Test func `the timer of a killed sleeper does not move the clock`() throws {
    let sleeper = try scheduler.createTask { os in try await os.sleep(1_000) }
    scheduler.step()
    #expect(scheduler.nextDeadline == 1_001)
    try scheduler.perform(KillTask(sleeper))
    #expect(scheduler.nextDeadline == nil)
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.now == 1)
  }

  @Test func `a stopped victim ends without being continued`() throws {
    let victim = try forever("victim")
    scheduler.step()
    try scheduler.perform(StopTask(victim))
    #expect(try scheduler.perform(KillTask(victim)))
    isWhole(scheduler)
    #expect(notes.lines == ["victim unwound"])
    #expect(run(scheduler) == .allFinished)
  }

  @Test func `killing yourself throws from the call, and the defers run`() throws {
    let suicide = try scheduler.createTask { [notes] os in
      defer { notes.add("unwound") }
      do {
        try await os.killTask(try await os.getTid())
        notes.add("not reached")
      } catch {
        notes.add("\(error)")
        throw error
      }
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["killed", "unwound"])
    #expect(scheduler.info(suicide)?.state == .exited(.killed))
  }

  @Test func `the error is sticky: every later trap of the victim throws it`() throws {
    let victim = try scheduler.createTask { [notes] os in
      for turn in 1...4 {
        do {
          while true { try await os.yield() }
        } catch {
          notes.add("\(turn) \(error)")
        }
      }
    }
    scheduler.step()
    try scheduler.perform(KillTask(victim))
    #expect(notes.lines == ["1 killed", "2 killed", "3 killed", "4 killed"])
    let resisted = log.actions(of: victim).filter { if case .resisted = $0 { true } else { false } }
    #expect(resisted.count == 3)
    #expect(scheduler.info(victim)?.state == .exited(.killed))
  }

  @Test func `defers run from the inside out through nested calls`() throws {
    @Sendable func dig(_ depth: Int, _ os: SystemInterface, _ notes: Notes) async throws {
      defer { notes.add("\(depth)") }
      if depth < 3 { try await dig(depth + 1, os, notes) } else { try await os.sleep(9) }
    }
    let victim = try scheduler.createTask { [notes] os in try await dig(0, os, notes) }
    scheduler.step()
    try scheduler.perform(KillTask(victim))
    #expect(notes.lines == ["3", "2", "1", "0"])
  }

  @Test func `the victim's waiters are awake before the caller continues`() throws {
    let victim = try forever("victim")
    for name in ["first", "second"] {
      try scheduler.createTask(name) { [notes] os in
        let status = try await os.waitTask(victim)
        notes.add("\(name) \(status.map(\.description) ?? "none")")
      }
    }
    try scheduler.createTask("killer") { [notes] os in
      try await os.killTask(victim)
      notes.add("killer")
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["victim unwound", "first killed", "second killed", "killer"])
  }

  @Test func `in a chain of waiters the killed one wakes only the one behind it`() throws {
    let last = try forever("last")
    let middle = try scheduler.createTask("middle") { os in try await os.waitTask(last) }
    let first = try scheduler.createTask("first") { [notes] os in
      notes.add(try await os.waitTask(middle)?.description ?? "none")
    }
    scheduler.run(ticks: 3)
    try scheduler.perform(KillTask(middle))
    #expect(scheduler.info(first)?.state == .ready)
    #expect(scheduler.info(last)?.waiters == [])
    scheduler.run(ticks: 2)
    #expect(notes.lines == ["killed"])
    isWhole(scheduler)
  }

  @Test func `a kill gives its events in order`() throws {
    let victim = try forever("victim")
    let waiter = try scheduler.createTask("waiter") { os in try await os.waitTask(victim) }
    scheduler.run(ticks: 2)
    log.removeAll()
    try scheduler.perform(KillTask(victim))
    #expect(
      log.events.map { "\($0.task) \($0.action)" } == [
        "0 trapped(KillTask(task \(victim)))",
        "\(victim) killed(by: 0)",
        "\(victim) exited(killed)",
        "\(waiter) woke(because: \"task \(victim) ended (killed)\")",
        "\(waiter) replied(killed)",
        "0 replied(true)",
      ]
    )
  }
}
