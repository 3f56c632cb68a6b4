import CorosKernel

/// Killing tasks in the middle of a queue, including their `defer`s; killed tasks are replaced outside the
/// timing.
enum Killing {
  static func machine(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load, makeScheduler()) { try $0.createTask(machine: YieldMachine()) }
  }

  static func async(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load, makeScheduler()) { scheduler in
      try scheduler.createTask { os in
        while true { try await os.yield() }
      }
    }
  }

  /// All victims wait for one task, in the same wait queue.
  static func waiting(_ load: Measure.Load) throws -> Measure.Reading {
    let scheduler = makeScheduler()
    let target = try scheduler.createTask(machine: TargetMachine())
    return try measure(load, scheduler) { scheduler in
      try scheduler.createTask { os in try await os.waitTask(target) }
    }
  }

  private static func measure(
    _ load: Measure.Load,
    _ scheduler: Scheduler,
    create: (Scheduler) throws -> TaskID
  ) throws -> Measure.Reading {
    var line = TaskLine()
    func fill(_ count: Int) throws {
      line.append(try (0..<count).map { _ in try create(scheduler) })
      // One round: all tasks have started, and the ready queue has its original order.
      scheduler.run(ticks: scheduler.liveTaskCount)
    }
    func killMiddle() throws -> (kills: Int, nanoseconds: Double) {
      let victims = line.takeMiddle(atMost: load.operations)
      let nanoseconds = try cpuTime {
        for victim in victims { try scheduler.perform(KillTask(victim)) }
      }
      try fill(victims.count)
      return (victims.count, nanoseconds)
    }

    try fill(load.tasks)
    _ = try killMiddle()
    var (kills, nanoseconds) = (0, 0.0)
    while kills < load.operations {
      let batch = try killMiddle()
      kills += batch.kills
      nanoseconds += batch.nanoseconds
    }
    return Measure.Reading(nanoseconds: nanoseconds / Double(kills))
  }
}
