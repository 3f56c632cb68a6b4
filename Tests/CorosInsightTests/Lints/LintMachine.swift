import CorosKernel
import CorosSync

@testable import CorosInsight

/// A machine with a recorder of lints.
final class LintMachine {
  let scheduler: Scheduler
  let lints: LintRecorder

  init(_ policy: any SchedulingPolicy = RoundRobin(), seed: UInt64 = 0) {
    scheduler = Scheduler(policy: policy, seed: seed)
    lints = LintRecorder(policy: policy.description)
    scheduler.add(lints)
  }

  func spawn(
    _ name: String = "task",
    priority: Int = 0,
    _ body: @escaping TaskBody
  ) throws {
    let parameters = SchedulingParameters(priority: priority)
    try scheduler.createTask(name, parameters: parameters, body)
  }

  func mutex(_ name: String) throws -> Mutex { try scheduler.perform(MakeMutex(name)) }

  @discardableResult
  func run(ticks: Tick = 10_000) -> RunOutcome { scheduler.run(ticks: ticks) }

  var kinds: [Lint] { lints.findings.map(\.lint) }
  var sentences: [String] { lints.findings.map { $0.sentence(scheduler) } }

  func found(_ lint: Lint) -> [LintFinding] { lints.findings.filter { $0.lint == lint } }
}
