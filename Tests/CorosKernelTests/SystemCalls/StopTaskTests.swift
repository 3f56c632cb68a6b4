import CorosKernel
import CorosTestSupport
import Testing

@Suite struct StopTaskTests {
  private let scheduler = Scheduler()
  private let timeline = Timeline()
  private let notes = Notes()

  init() {
    scheduler.add(timeline)
  }

  @Test func `a stopped task is not dispatched until it is continued`() throws {
    try scheduler.createTask("A") { os in try await os.compute(2) }
    try scheduler.createTask("B") { os in
      try await os.stopTask(1)
      try await os.compute(2)
      try await os.continueTask(1)
    }
    #expect(run(scheduler) == .allFinished)
    #expect(timeline.picture == ["A: #-sss#-#", "B: -####-#"])
    #expect(scheduler.info(1)?.accounting.dispatches == 3)
  }

  @Test func `replies say whether the task was alive, even if nothing changes`() throws {
    let task = try scheduler.createTask { os in try await os.yield() }
    #expect(try scheduler.perform(StopTask(task)))
    #expect(try scheduler.perform(StopTask(task)))
    #expect(scheduler.info(task)?.state == .stopped(waiting: nil))
    #expect(try scheduler.perform(ContinueTask(task)))
    #expect(try scheduler.perform(ContinueTask(task)))
    #expect(scheduler.info(task)?.state == .ready)
    #expect(run(scheduler) == .allFinished)
    #expect(try scheduler.perform(StopTask(task)) == false)
    #expect(try scheduler.perform(ContinueTask(task)) == false)
    #expect(try scheduler.perform(StopTask(.operator)) == false)
    #expect(try scheduler.perform(ContinueTask(99)) == false)
  }

  @Test func `a task that stops itself gets its reply when it is continued`() throws {
    let task = try scheduler.createTask { [notes] os in
      notes.add("\(try await os.stopTask(try await os.getTid()))")
    }
    #expect(run(scheduler) == .stopped([task]))
    #expect(notes.lines == [])
    try scheduler.perform(ContinueTask(task))
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["true"])
  }

  @Test func `the wait of a stopped task may end, and it is then only stopped`() throws {
    let target = try scheduler.createTask { os in try await os.sleep(5) }
    let waiter = try scheduler.createTask { [notes] os in
      notes.add("\(try await os.waitTask(target) == .exited(0))")
    }
    scheduler.run(ticks: 2)
    try scheduler.perform(StopTask(waiter))
    #expect(scheduler.info(waiter)?.state == .stopped(waiting: .task(target)))
    #expect(run(scheduler) == .stopped([waiter]))
    #expect(scheduler.info(waiter)?.state == .stopped(waiting: nil))
    try scheduler.perform(ContinueTask(waiter))
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["true"])
  }

  @Test func `a waiting task that is continued in time keeps waiting`() throws {
    let sleeper = try scheduler.createTask { os in try await os.sleep(50) }
    scheduler.step()
    try scheduler.perform(StopTask(sleeper))
    try scheduler.perform(ContinueTask(sleeper))
    #expect(scheduler.info(sleeper)?.state == .sleeping(until: 51))
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.now == 52)
  }

  @Test func `a timeout expires while the waiter is stopped`() throws {
    let target = try scheduler.createTask { os in try await os.sleep(100) }
    let waiter = try scheduler.createTask { [notes] os in
      do { try await os.waitTask(target, timeout: 5) } catch { notes.add("\(error)") }
    }
    scheduler.run(ticks: 2)
    try scheduler.perform(StopTask(waiter))
    #expect(run(scheduler) == .stopped([waiter]))
    #expect(scheduler.now == 102)
    try scheduler.perform(ContinueTask(waiter))
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["timed out"])
  }

  @Test func `the slice holder loses the CPU when it is stopped`() throws {
    let scheduler = Scheduler(policy: RoundRobin(quantum: 9))
    try scheduler.createTask { os in try await os.compute(5) }
    try scheduler.createTask { os in try await os.compute(1) }
    scheduler.step()
    try scheduler.perform(StopTask(1))
    isWhole(scheduler)
    #expect(scheduler.sliceHolder == nil)
    #expect(scheduler.step() == .dispatched(2))
    try scheduler.perform(ContinueTask(1))
    isWhole(scheduler)
    #expect(scheduler.step() == .dispatched(2))
    #expect(scheduler.step() == .dispatched(1))
    #expect(run(scheduler) == .allFinished)
  }

  @Test func `a continued task goes to the tail`() throws {
    for _ in 1...3 { try scheduler.createTask { os in try await os.yield() } }
    try scheduler.perform(StopTask(1))
    #expect(scheduler.readyQueue == [2, 3])
    try scheduler.perform(ContinueTask(1))
    #expect(scheduler.readyQueue == [2, 3, 1])
  }

  @Test func `time while stopped does not count as waiting for the CPU`() throws {
    let task = try scheduler.createTask { os in try await os.yield() }
    try scheduler.createTask { os in try await os.compute(20) }
    try scheduler.perform(StopTask(task))
    scheduler.run(ticks: 10)
    #expect(scheduler.info(task)?.accounting.wait(now: scheduler.now) == 0)
    try scheduler.perform(ContinueTask(task))
    scheduler.run(ticks: 1)
    #expect(scheduler.info(task)?.accounting.wait(now: scheduler.now) == 1)
  }

  @Test func `a task is reported as stopped, and then as continued`() throws {
    let log = EventLog(.stops)
    scheduler.add(log)
    let task = try scheduler.createTask { os in try await os.yield() }
    for _ in 1...2 { try scheduler.perform(StopTask(task)) }
    for _ in 1...2 { try scheduler.perform(ContinueTask(task)) }
    #expect(log.events.map(\.action) == [.stopped(by: 0), .continued(by: 0)])
  }
}
