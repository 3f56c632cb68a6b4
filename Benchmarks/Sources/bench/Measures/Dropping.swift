import CorosKernel

/// Dropping a scheduler while all its tasks are suspended: each is ended, and runs its `defer`.
enum Dropping {
  static func machine(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load) { try $0.createTask(machine: SleepMachine()) }
  }

  static func async(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load) { scheduler in
      var unwound = 0
      return try scheduler.createTask { os in
        defer { unwound += 1 }
        try await os.sleep(1_000_000_000)
      }
    }
  }

  private static func measure(
    _ load: Measure.Load,
    create: (Scheduler) throws -> TaskID
  ) throws -> Measure.Reading {
    let rounds = max(1, load.operations / load.tasks)
    var nanoseconds = 0.0
    for _ in 0..<rounds {
      var scheduler: Scheduler? = Scheduler()
      for _ in 0..<load.tasks { _ = try scheduler.map(create) }
      scheduler?.run(ticks: load.tasks)
      nanoseconds += cpuTime { scheduler = nil }
    }
    return Measure.Reading(nanoseconds: nanoseconds / Double(rounds * load.tasks))
  }
}

/// Sleeps for a long time.
private struct SleepMachine: StateMachine {
  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    return .call(Sleep(1_000_000_000))
  }
}
