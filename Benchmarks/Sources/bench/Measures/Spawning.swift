import CorosKernel

/// A whole life: a task is created, runs once, and ends.
enum Spawning {
  private struct EndAtOnce: StateMachine {
    mutating func resume(with resumption: Resumption) -> Trap { .returned }
  }

  static func machine(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load) { try $0.createTask(machine: EndAtOnce()) }
  }

  static func async(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load) { try $0.createTask { _ in } }
  }

  private static func measure(
    _ load: Measure.Load,
    create: (Scheduler) throws -> TaskID
  ) throws -> Measure.Reading {
    let scheduler = makeScheduler()
    func live(_ tasks: Int) throws {
      for _ in 0..<tasks { _ = try create(scheduler) }
      scheduler.runEventLoop()
    }
    // No more than this: the first use of memory by a million tasks is part of their price.
    try live(min(load.tasks, 1_000))
    let batches = max(1, load.operations / load.tasks)
    let nanoseconds = try cpuTime {
      for _ in 0..<batches { try live(load.tasks) }
    }
    return Measure.Reading(nanoseconds: nanoseconds / Double(batches * load.tasks))
  }
}
