import CorosKernel

/// `WaitTask`: all tasks wait for one task; it is killed, and they wake and wait for the next one.
enum Waiting {
  /// Waits without a timeout: each operation is one wait, one wake-up and one dispatch.
  static func async(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load, timeout: nil)
  }

  /// Waits with a timeout that is armed but never fires.
  static func cancelled(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load, timeout: 1 << 40)
  }

  private static func measure(
    _ load: Measure.Load,
    timeout: Tick?
  ) throws -> Measure.Reading {
    let scheduler = makeScheduler()
    // One target for the warm-up, one for each round, and one that all tasks wait for at the end.
    let targets = try (0..<load.rounds + 2).map { _ in
      try scheduler.createTask(machine: TargetMachine())
    }
    scheduler.run(ticks: targets.count)
    let memory = ResidentMemory()
    for _ in 0..<load.tasks {
      try scheduler.createTask { os in
        for target in targets { try await os.waitTask(target, timeout: timeout) }
      }
    }
    scheduler.run(ticks: load.tasks)
    let bytes = memory.growth(perTaskOf: load.tasks)
    func wakeAll(_ target: TaskID) throws {
      try scheduler.perform(KillTask(target))
      scheduler.run(ticks: load.tasks)
    }
    try wakeAll(targets[0])
    let nanoseconds = try cpuTime {
      for target in targets.dropFirst().dropLast() { try wakeAll(target) }
    }
    return Measure.Reading(
      nanoseconds: nanoseconds / Double(load.rounds * load.tasks),
      bytesPerTask: bytes
    )
  }

  /// Waits that end only by their timeout, including the error that this causes.
  static func expired(_ load: Measure.Load) throws -> Measure.Reading {
    let memory = ResidentMemory()
    let scheduler = makeScheduler()
    let target = try scheduler.createTask(machine: TargetMachine())
    let timeout = load.tasks
    for _ in 0..<load.tasks {
      try scheduler.createTask { os in
        while true {
          do {
            try await os.waitTask(target, timeout: timeout)
          } catch SystemCallError.timedOut {}
        }
      }
    }
    return Sleeping.measureSteps(of: scheduler, load, memory)
  }
}
