import CorosInsight
import CorosKernel

/// The past of a run that is replayed from its beginning, noted as it goes by.
final class KnownPast: Hindsight {
  private let inquiry = Inquiry()
  private var lastRuns: [TaskID: Tick] = [:]
  private var before: [TaskID: PastChoice] = [:]
  private var after: [TaskID: NextChoice] = [:]
  private var next: PastChoice?

  func note(_ event: Event) {
    if inquiry.interests.contains(event.action.kind) { inquiry.observe(event) }
  }

  /// Notes a moment.
  ///
  /// - Parameters:
  ///   - task: The task of the step that led to it, if it was a step.
  ///   - choice: The choice at the moment.
  ///   - scheduler: The scheduler as it stands there.
  func note(stepOf task: TaskID?, _ choice: NextChoice, _ scheduler: Scheduler) {
    if let task {
      lastRuns[task] = scheduler.now - 1
      before[task] = next
      after[task] = choice
    }
    next = PastChoice(choice, scheduler)
  }

  func inquiry(about tasks: [TaskInfo], _ scheduler: Scheduler) -> Inquiry { inquiry }

  func lastRun(of task: TaskID) -> Tick? { lastRuns[task] }

  func choice(beforeLastRunOf task: TaskID) -> PastChoice? { before[task] }

  func choice(afterLastRunOf task: TaskID) -> NextChoice? { after[task] }
}
