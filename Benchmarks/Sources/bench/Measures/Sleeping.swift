import CorosKernel

/// `Sleep`: all tasks sleep, each for different times, so that the timer queue is always full.
enum Sleeping {
  static func async(_ load: Measure.Load) throws -> Measure.Reading {
    let memory = ResidentMemory()
    let scheduler = makeScheduler()
    let shortest = load.tasks
    for number in 0..<load.tasks {
      try scheduler.createTask { os in
        var random = RandomSource(seed: UInt64(number))
        while true { try await os.sleep(shortest + random.next(below: shortest)) }
      }
    }
    return measureSteps(of: scheduler, load, memory)
  }

  /// Times steps in which the clock jumps; idle ticks are not counted.
  static func measureSteps(
    of scheduler: Scheduler,
    _ load: Measure.Load,
    _ memory: ResidentMemory
  ) -> Measure.Reading {
    scheduler.run(ticks: load.tasks)
    let bytes = memory.growth(perTaskOf: load.tasks)
    scheduler.run(ticks: 2 * load.tasks)
    let before = scheduler.now - scheduler.idleTicks
    let nanoseconds = cpuTime { scheduler.run(ticks: load.rounds * load.tasks) }
    let steps = scheduler.now - scheduler.idleTicks - before
    return Measure.Reading(nanoseconds: nanoseconds / Double(steps), bytesPerTask: bytes)
  }
}
