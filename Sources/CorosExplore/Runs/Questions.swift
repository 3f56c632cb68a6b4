import CorosHistory
import CorosKernel

/// What is asked of each run, beside how it is chosen.
struct Questions {
  var properties: [Property] = []
  var ignored: Set<ExplorationFailure.Kind> = []
  var values: ((Scheduler) -> String)?
  /// Told of the end of each run; tests ask.
  var end: ((Ground) -> Void)?
  var progress: ((ExplorationProgress) -> ExplorationReport.Stop?)?
  /// The choices that led to where all runs begin.
  var past: [TaskID] = []
  /// The seed of the first step of all.
  var seed: UInt64 = 0

  var looksAlways: Bool { properties.contains { $0.time == .always } }

  /// A way as a schedule, from the first step of the machine.
  func schedule(of path: some Sequence<TaskID>) -> Schedule {
    Schedule(seed: seed, policy: OperatorsChoice().description, choices: past + path)
  }
}
