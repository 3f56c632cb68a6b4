import CorosKernel

/// Copying a whole scheduler of state machines; time and memory are per task.
enum Checkpointing {
  static func machine(_ load: Measure.Load) throws -> Measure.Reading {
    let scheduler = makeScheduler()
    for _ in 0..<load.tasks { try scheduler.createTask(machine: YieldMachine()) }
    scheduler.run(ticks: load.tasks)
    let memory = ResidentMemory()
    let first = try scheduler.checkpoint()
    let bytes = memory.growth(perTaskOf: load.tasks)
    let nanoseconds = try cpuTime {
      for _ in 0..<load.rounds {
        let checkpoint = try scheduler.checkpoint()
        precondition(checkpoint.tick == first.tick, "a copy of another moment")
      }
    }
    return Measure.Reading(
      nanoseconds: nanoseconds / Double(load.rounds * load.tasks),
      bytesPerTask: bytes
    )
  }
}
