import CorosKernel
import CorosTestSupport
import Testing

@Suite struct ClockTests {
  private let scheduler = Scheduler()
  private let log = EventLog()
  private let timeline = Timeline()

  init() {
    scheduler.add(log)
    scheduler.add(timeline)
  }

  @Test func `only a dispatch is a tick`() throws {
    try scheduler.createTask { os in try await os.compute(3) }
    _ = try scheduler.perform(GetTime())
    #expect(scheduler.now == 0)
    scheduler.step()
    #expect(scheduler.now == 1)
    #expect(try scheduler.perform(GetTime()) == 1)
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.now == 4)
  }

  @Test func `the clock jumps to the next timer when nothing is ready`() throws {
    try scheduler.createTask("A") { os in try await os.sleep(3) }
    try scheduler.createTask("B") { os in try await os.sleep(6) }
    #expect(run(scheduler) == .allFinished)
    #expect(timeline.picture == ["A: #zzz#", "B: -#zzzzzz#"])
    #expect(scheduler.idleTicks == 5)
    let jumps = log.events.filter { if case .clockJumped = $0.action { true } else { false } }
    #expect(jumps.map(\.tick) == [4, 8])
    #expect(jumps.map(\.action) == [.clockJumped(from: 2), .clockJumped(from: 5)])
  }

  /// When each task woke, and why.
  private var wakeUps: [String] {
    log.events.compactMap { event in
      if case .woke(let reason) = event.action {
        "tick \(event.tick): task \(event.task), \(reason)"
      } else {
        nil
      }
    }
  }

  @Test func `a task with a deadline wakes at it, whether or not others run`() throws {
    try scheduler.createTask { os in try await os.sleep(3) }
    try scheduler.createTask { os in try await os.sleep(9) }
    try scheduler.createTask { os in try await os.compute(5) }
    #expect(run(scheduler) == .allFinished)
    // The first began to sleep at tick 1, the second at tick 2.
    #expect(wakeUps == ["tick 4: task 1, its time came", "tick 11: task 2, its time came"])
  }

  @Test func `a task that another one wakes does so in the step of the other`() throws {
    try scheduler.createTask { os in try await os.waitTask(2) }
    try scheduler.createTask { os in try await os.compute(2) }
    #expect(run(scheduler) == .allFinished)
    #expect(wakeUps == ["tick 3: task 1, task 2 ended (exited 0)"])
    #expect(log.events.last { $0.action == .dispatched }?.tick == 4)
  }

  @Test func `sleepers with one deadline wake in the order in which they began to sleep`() throws {
    for (name, ticks) in [("A", 9), ("B", 8), ("C", 7)] {
      try scheduler.createTask(name) { os in try await os.sleep(ticks) }
    }
    #expect(run(scheduler) == .allFinished)
    #expect(log.dispatches == [1, 2, 3, 1, 2, 3])
  }

  @Test func `time passes while others run`() throws {
    try scheduler.createTask("A") { os in try await os.sleep(2) }
    try scheduler.createTask("B") { os in try await os.compute(4) }
    #expect(run(scheduler) == .allFinished)
    #expect(timeline.picture == ["A: #zz-#", "B: -###-##"])
  }

  @Test func `GetTime replies with the tick of its dispatch`() throws {
    let notes = Notes()
    try scheduler.createTask { os in
      notes.add("\(try await os.getTime())")
      try await os.sleep(10)
      notes.add("\(try await os.getTime())")
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["0", "12"])
  }

  @Test func `a sleep that is negative or never ends is refused`() throws {
    let notes = Notes()
    for ticks in [-1, Tick.min, .max, .max - 1, .max / 2 + 1] {
      try scheduler.createTask { os in
        do { try await os.sleep(ticks) } catch { notes.add("\(error)") }
      }
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines.count == 5)
  }

  @Test func `the machine continues after the longest possible sleep`() throws {
    // Too long for a picture.
    let scheduler = Scheduler()
    let task = try scheduler.createTask { os in
      try await os.sleep(.max / 2 - 1)
      try await os.sleep(0)
      try await os.compute(2)
      try await os.sleep(1)
    }
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.now > .max / 2)
    #expect(scheduler.info(task)?.state == .exited(.failed("a time of 1 ticks never comes")))
  }

  @Test func `accounting keeps the textbooks' quantities`() throws {
    try scheduler.createTask("A", machine: Script([Compute(), Compute()]).machine)
    try scheduler.createTask("B", machine: Script([Compute()]).machine)
    #expect(run(scheduler) == .allFinished)
    let jobs = scheduler.tasks(includingEnded: true).map(\.accounting)
    #expect(jobs.map(\.response) == [0, 1])
    #expect(jobs.map(\.turnaround) == [5, 4])
    #expect(jobs.map { $0.wait(now: scheduler.now) } == [2, 2])
    #expect(jobs.map(\.dispatches) == [3, 2])
  }

  @Test func `every tick of a task's life is spent running, ready, or neither`() throws {
    try scheduler.createTask { os in
      let child = try await os.newTask { os in
        try await os.sleep(4)
        try await os.compute(3)
      }
      try await os.waitTask(child)
    }
    try scheduler.createTask { os in try await os.compute(9) }
    #expect(run(scheduler) == .allFinished)
    for (task, row) in zip(scheduler.tasks(includingEnded: true), timeline.picture) {
      let cells = row.dropFirst(task.name.count + 2)
      #expect(task.accounting.dispatches == cells.count { $0 == "#" })
      #expect(task.accounting.wait(now: scheduler.now) == cells.count { $0 == "-" })
      #expect(task.accounting.turnaround == cells.drop { $0 == " " }.count)
    }
  }
}
