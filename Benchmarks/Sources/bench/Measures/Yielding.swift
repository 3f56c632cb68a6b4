import CorosKernel

/// The step itself: tasks that only yield, in turn.
enum Yielding {
  static func machine(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load) { try $0.createTask(machine: YieldMachine()) }
  }

  static func async(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load) { scheduler in
      try scheduler.createTask { os in
        while true { try await os.yield() }
      }
    }
  }

  private static func measure(
    _ load: Measure.Load,
    create: (Scheduler) throws -> TaskID
  ) throws -> Measure.Reading {
    // The pages of the program's own code are nobody's share: they are here before the first task is counted.
    let first = makeScheduler()
    _ = try create(first)
    first.run(ticks: 2)
    let memory = ResidentMemory()
    let scheduler = makeScheduler()
    for _ in 0..<load.tasks { _ = try create(scheduler) }
    // After this, each task has started and is at its first trap.
    scheduler.run(ticks: load.tasks)
    let bytes = memory.growth(perTaskOf: load.tasks)
    scheduler.run(ticks: load.rounds / 10 * load.tasks)
    let steps = load.rounds * load.tasks
    let nanoseconds = cpuTime { scheduler.run(ticks: steps) }
    return Measure.Reading(nanoseconds: nanoseconds / Double(steps), bytesPerTask: bytes)
  }
}
