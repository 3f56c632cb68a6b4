import CorosHistory
import CorosKernel

/// Going back one moment after very many, with a recorder of output.
enum Returning {
  static func machine(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load) { try $0.createTask(machine: YieldMachine()) }
  }

  static func async(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load) { try $0.createTask { os in while true { try await os.yield() } } }
  }

  /// The time of one journey.
  private static func measure(
    _ load: Measure.Load,
    spawn: @escaping (Scheduler) throws -> Void
  ) throws -> Measure.Reading {
    let machine = TimeMachine { Scheduler() }
    machine.add(EventLog(.output))
    try machine.act("spawn") { scheduler in
      for _ in 0..<load.tasks { try spawn(scheduler) }
    }
    machine.run(ticks: load.operations)
    let nanoseconds = try cpuTime { try machine.back() }
    precondition(machine.moment == load.operations - 1, "it went elsewhere")
    return Measure.Reading(nanoseconds: nanoseconds)
  }
}
