import CorosHistory
import CorosKernel

/// A step that a time machine records: `yield/machine`, with its history kept.
enum Recording {
  /// The check that a shell makes after its steps: whether the user has interrupted.
  private final class Interruption {
    private(set) var isPending = false
  }

  /// Asked as a shell asks: now and then.
  static func steps(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load, .every(64))
  }

  /// Asked after each step.
  static func askedSteps(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load, .everyMove)
  }

  private static func measure(
    _ load: Measure.Load,
    _ polling: Polling
  ) throws -> Measure.Reading {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") { scheduler in
      for _ in 0..<load.tasks { try scheduler.createTask(machine: YieldMachine()) }
    }
    let interruption = Interruption()
    func run(_ rounds: Int) {
      machine.run(ticks: rounds * load.tasks, polling: polling) { _ in interruption.isPending }
    }
    run(max(1, load.rounds / 10))
    let nanoseconds = cpuTime { run(load.rounds) }
    precondition(machine.moment >= load.rounds * load.tasks, "steps were not recorded")
    return Measure.Reading(nanoseconds: nanoseconds / Double(load.rounds * load.tasks))
  }
}
