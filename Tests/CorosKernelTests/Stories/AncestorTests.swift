import CorosKernel
import CorosTestSupport
import Testing

/// The order and the replies of the kernel from which this one descends, with its known faults fixed.
@Suite struct AncestorTests {
  private let scheduler = Scheduler()
  private let notes = Notes()

  @Test func `ids are counted from 1 in each scheduler, and never reused`() throws {
    for _ in 1...2 {
      let scheduler = Scheduler()
      for expected in 1...3 { #expect(try scheduler.createTask { _ in }.rawValue == expected) }
      #expect(run(scheduler) == .allFinished)
      #expect(try scheduler.createTask { _ in } == 4)
    }
  }

  @Test func `the ready queue is first in, first out`() throws {
    for name in ["a", "b", "c"] {
      try scheduler.createTask { [notes] os in
        for _ in 1...2 {
          notes.add(name)
          try await os.yield()
        }
      }
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["a", "b", "c", "a", "b", "c"])
  }

  @Test func `a system call costs a round, and replies with the caller's own id`() throws {
    for _ in 1...2 {
      try scheduler.createTask { [notes] os in notes.add("\(try await os.getTid())") }
    }
    scheduler.run(ticks: 2)
    #expect(notes.lines == [])
    #expect(scheduler.readyQueue == [1, 2])
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["1", "2"])
  }

  @Test func `a child is queued before its parent`() throws {
    try scheduler.createTask { [notes] os in
      notes.add("p1")
      _ = try await os.newTask { os in
        notes.add("c1")
        try await os.yield()
        notes.add("c2")
      }
      notes.add("p2")
      try await os.yield()
      notes.add("p3")
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["p1", "c1", "p2", "c2", "p3"])
  }

  @Test func `a victim has ended when the kill returns true; a second kill is false`() throws {
    try scheduler.createTask { os in while true { try await os.yield() } }
    let unstarted = TaskID(3)
    try scheduler.createTask { [notes] os in
      for victim in [1, unstarted, 1, unstarted] {
        notes.add("\(try await os.killTask(victim))")
      }
    }
    try scheduler.createTask { [notes] _ in notes.add("never") }
    scheduler.run(ticks: 2)
    #expect(scheduler.liveTaskCount == 2)
    try scheduler.perform(StopTask(unstarted))
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["true", "true", "false", "false"])
    #expect(scheduler.endedTaskCount == 3)
  }

  @Test func `a waiting victim leaves its queue at once`() throws {
    try scheduler.createTask { os in while true { try await os.yield() } }
    let victim = try scheduler.createTask { os in try await os.waitTask(1) }
    try scheduler.createTask { [notes] os in
      notes.add("\(try await os.killTask(victim))")
      notes.add("\(try await os.killTask(victim))")
      try await os.killTask(1)
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["true", "false"])
  }

  @Test func `a task that kills itself gets no reply`() throws {
    try scheduler.createTask { [notes] os in
      notes.add("\(try await os.killTask(1))")
    }
    #expect(scheduler.step() == .dispatched(1))
    #expect(scheduler.liveTaskCount == 0)
    #expect(notes.lines == [])
  }

  @Test func `a wait before the end is woken by it, a wait after it answered at once`() throws {
    let target = try scheduler.createTask { os in try await os.compute(2) }
    try scheduler.createTask { [notes] os in
      notes.add("\(try await os.waitTask(target) == .exited(0))")
      notes.add("\(try await os.waitTask(target) == .exited(0))")
      notes.add("\(try await os.waitTask(99) == nil)")
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["true", "true", "true"])
  }

  @Test func `a waiter is queued when its target ends, behind the tasks already ready`() throws {
    let target = try scheduler.createTask { os in try await os.yield() }
    for name in ["w1", "w2"] {
      try scheduler.createTask { [notes] os in
        try await os.waitTask(target)
        notes.add(name)
      }
    }
    try scheduler.createTask { [notes] os in
      try await os.yield()
      notes.add("bystander")
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["bystander", "w1", "w2"])
  }

  @Test func `waiting for yourself is an error, not an endless wait`() throws {
    let task = try scheduler.createTask { os in try await os.waitTask(1) }
    #expect(run(scheduler) == .allFinished)
    guard case .exited(.failed)? = scheduler.info(task)?.state else {
      Issue.record("it did not fail")
      return
    }
  }

  @Test func `a reply is given once, and does not affect later calls`() throws {
    var replies: [Resumption] = []
    struct Probe: StateMachine {
      var calls: [any SystemCall]
      let note: (Resumption) -> Void
      mutating func resume(with resumption: Resumption) -> Trap {
        note(resumption)
        return calls.isEmpty ? .returned : .call(calls.removeFirst())
      }
    }
    try scheduler.createTask(
      machine: Probe(calls: [GetTid(), Yield(), Sleep(3), Yield()]) { replies.append($0) }
    )
    #expect(run(scheduler) == .allFinished)
    let isEmpty = replies.map { if case .done = $0 { true } else { false } }
    #expect(isEmpty == [false, false, true, true, true])
  }

  @Test func `an error ends only its own task`() throws {
    let failing = try scheduler.createTask { os in
      try await os.yield()
      throw Mishap()
    }
    let other = try scheduler.createTask { os in try await os.compute(9) }
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.info(failing)?.state == .exited(.failed("a mishap")))
    #expect(scheduler.info(other)?.state == .exited(.exited(0)))
  }

  @Test func `tasks that all wait for each other are a deadlock, not an endless loop`() throws {
    for target in [2, 3, 1] as [TaskID] {
      try scheduler.createTask { os in try await os.waitTask(target) }
    }
    guard case .deadlock(let deadlock) = scheduler.runEventLoop() else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.circles == [[1, 2, 3]])
    #expect(scheduler.now == 3)
  }

  @Test func `helpers may call helpers, and an error unwinds through all of them`() throws {
    @Sendable func inner(_ os: SystemInterface, _ notes: Notes) async throws -> Int {
      defer { notes.add("inner left") }
      try await os.yield()
      throw Mishap()
    }
    @Sendable func outer(_ os: SystemInterface, _ notes: Notes) async throws -> Int {
      defer { notes.add("outer left") }
      return try await inner(os, notes) + 1
    }
    try scheduler.createTask { [notes] os in
      do {
        _ = try await outer(os, notes)
      } catch {
        notes.add("\(error)")
      }
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["inner left", "outer left", "a mishap"])
  }
}
