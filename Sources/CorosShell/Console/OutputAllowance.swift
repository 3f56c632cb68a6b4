import CorosKernel

/// How much of what tasks write a person is shown before the next command, or second of live mode.
///
/// A task that writes without end would drive everything else off the screen. So each is shown so many
/// bytes at a time, and all together a few times as many; the rest is kept, as far as anything is.
struct OutputAllowance {
  /// What is shown of a text, and what is to be said about the rest.
  struct Grant: Equatable {
    /// How many bytes of the text are shown.
    var bytes: Int
    /// Whose rest is not shown from now on; said once.
    var notice: Notice?
  }

  enum Notice: Equatable {
    case oneTask
    case allTasks
  }

  /// How many shares all tasks have together.
  static let shares = 16

  private var shown: [TaskID: Int] = [:]
  private var total = 0
  /// Those of whom it has been said that the rest is not shown; the operator stands for all.
  private var told: Swift.Set<TaskID> = []
  private var isExceeded: Swift.Set<TaskID> = []

  /// Begins anew, because a person has typed something.
  mutating func begin() {
    self = OutputAllowance()
  }

  /// Begins anew, because time has passed; who goes on to write too much is not told of again.
  mutating func goOn() {
    let told = isExceeded
    self = OutputAllowance()
    self.told = told
  }

  /// Asks to show a text of so many bytes.
  ///
  /// - Parameters:
  ///   - bytes: The length of the text.
  ///   - task: Who wrote it.
  ///   - limit: The share of one task.
  /// - Returns: What is shown of it.
  mutating func ask(for bytes: Int, by task: TaskID, limit: Int) -> Grant {
    let all = limit.multipliedReportingOverflow(by: Self.shares)
    let totalLeft = (all.overflow ? .max : all.partialValue) - total
    // When all have written too much, nothing more is noted of each: there may be a million.
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
