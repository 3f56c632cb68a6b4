import CorosKernel
import CorosStorm
import Testing

/// The ticks of tasks, counted again by an observer after every step.
@Suite struct AccountingTests {
  /// Ticks by state, as seen between steps.
  private struct Tally {
    var absent = 0
    var ready = 0
    var blocked = 0
    var stopped = 0
    var running = 0
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `each tick of each task is accounted for`(seed: UInt64) throws {
    let scheduler = Scheduler(
      policy: RoundRobin(quantum: seed.isMultiple(of: 2) ? 3 : 1),
      seed: seed,
      limits: Limits(tasks: 12, keptStatuses: 100_000, refusals: 3)
    )
    var random = RandomSource(seed: seed)
    let storm = StormWorld(mixesForms: false)
    var tallies: [TaskID: Tally] = [:]
    for step in 0..<4_000 {
      if step.isMultiple(of: 20) {
        _ = try? scheduler.createTask(
          "job",
          storm.code(seed: random.next()),
          at: scheduler.now + random.next(below: 30)
        )
      }
      let before = Array(scheduler.tasks())
      let tick = scheduler.now
      let result = scheduler.step()
      if case .stalled = result {
        for task in scheduler.tasks() { try scheduler.perform(ContinueTask(task.tid)) }
        if let task = Array(scheduler.tasks()).first { try scheduler.perform(KillTask(task.tid)) }
      }
      for task in before {
        // Only the last tick belongs to a task: before it the clock jumped.
        let isItsTick = result == .dispatched(task.tid)
        let rest = tick..<(isItsTick ? scheduler.now - 1 : scheduler.now)
        tallies[task.tid, default: Tally()].running += isItsTick ? 1 : 0
        // A task that wakes at a tick is ready in it.
        let due = min(max(task.deadline ?? rest.upperBound, rest.lowerBound), rest.upperBound)
        count(due - rest.lowerBound, task.state, in: &tallies[task.tid, default: Tally()])
        count(rest.upperBound - due, stateWhenDue(task), in: &tallies[task.tid, default: Tally()])
      }
    }
    #expect(scheduler.endedTaskCount > 100)
    for task in scheduler.tasks(includingEnded: true) {
      let (accounting, now) = (task.accounting, scheduler.now)
      let tally = tallies[task.tid] ?? Tally()
      let parts =
        accounting.absent(now: now) + accounting.wait(now: now) + accounting.blocked(now: now)
        + accounting.stopped(now: now) + accounting.dispatches
      #expect(parts == (accounting.end ?? now) - accounting.creation, "task \(task.tid)")
      #expect(accounting.dispatches == tally.running, "task \(task.tid)")
      #expect(accounting.absent(now: now) == tally.absent, "task \(task.tid)")
      #expect(accounting.wait(now: now) == tally.ready, "task \(task.tid)")
      #expect(accounting.stopped(now: now) == tally.stopped, "task \(task.tid)")
      #expect(accounting.blocked(now: now) == tally.blocked, "task \(task.tid)")
    }
  }

  private func stateWhenDue(_ task: TaskInfo) -> TaskState {
    if case .stopped = task.state { return .stopped(waiting: nil) }
    return .ready
  }

  private func count(_ ticks: Int, _ state: TaskState, in tally: inout Tally) {
    switch state {
    case .new, .stopped(waiting: .arrival): tally.absent += ticks
    case .ready, .running: tally.ready += ticks
    case .waiting, .sleeping: tally.blocked += ticks
    case .stopped: tally.stopped += ticks
    case .exited: break
    }
  }
}
