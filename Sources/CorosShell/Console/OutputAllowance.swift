import CorosKernel

/// How much task output a person is shown before the next command, or per second of live mode.
///
/// A task that writes without end would push everything else off the screen. So the output shown of each task
/// is limited, and that of all tasks together by a multiple of that limit. The rest is kept, as far as output
/// is kept at all.
struct OutputAllowance {
  /// How much of a text to show, and the notice about the rest.
  struct Grant: Equatable {
    /// The number of bytes of the text to show.
    package var bytes: Int
    /// Whose further output will be hidden; given only once.
    package var notice: Notice?
  }

  enum Notice: Equatable {
    case oneTask
    case allTasks
  }

  /// The limit for all tasks, as a multiple of the limit of one.
  package static let shares = 16

  private var shown: [TaskID: Int] = [:]
  private var total = 0
  /// The tasks for which the notice was given; the operator stands for all tasks together.
  private var told: Swift.Set<TaskID> = []
  private var isExceeded: Swift.Set<TaskID> = []

  /// Starts again because a person has typed something.
  package mutating func begin() {
    // What was shown of a task has been counted in the total, unless it was refused.
    if total > 0 || !told.isEmpty || !isExceeded.isEmpty { self = OutputAllowance() }
  }

  /// Starts again because time has passed, without another notice about tasks that still write too much.
  package mutating func goOn() {
    let told = isExceeded
    self = OutputAllowance()
    self.told = told
  }

  /// Requests to show a text.
  ///
  /// - Parameters:
  ///   - bytes: The length of the text.
  ///   - task: The task that wrote it.
  ///   - limit: The limit of one task.
  /// - Returns: How much of it to show.
  package mutating func ask(for bytes: Int, by task: TaskID, limit: Int) -> Grant {
    let all = limit.multipliedReportingOverflow(by: Self.shares)
    let totalLeft = (all.overflow ? .max : all.partialValue) - total
    // Once the common limit is used up, no task is recorded any more: there may be a million.
    guard totalLeft > 0 else { return refuse(.operator, shown: 0, .allTasks) }
    let used = shown[task, default: 0]
    let granted = min(bytes, limit - used, totalLeft)
    shown[task] = used + granted
    total += granted
    if granted == bytes { return Grant(bytes: bytes, notice: nil) }
    return used + granted < limit
      ? refuse(.operator, shown: granted, .allTasks) : refuse(task, shown: granted, .oneTask)
  }

  private mutating func refuse(_ task: TaskID, shown: Int, _ notice: Notice) -> Grant {
    isExceeded.insert(task)
    return Grant(bytes: shown, notice: told.insert(task).inserted ? notice : nil)
  }
}
