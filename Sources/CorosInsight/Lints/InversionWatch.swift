import CorosKernel

/// Watches tasks that wait for a lock while tasks of lower priority keep its holder from running.
///
/// Only under a policy that goes by priority, and does not lend it.
struct InversionWatch {
  /// A task that waits for a lock.
  private struct Suspect {
    let task: TaskID
    let lock: ObjectID
    /// The ticks in which a task of a priority between the two ran, in place of the ready holder.
    var ticks = 0
  }

  /// What was found: the holder of the lock, and the task that ran last in its place.
  struct Finding {
    let task: TaskID
    let lock: ObjectID
    let holder: TaskID
    let runner: TaskID
  }

  private var priorities = TaskMap<Int>()
  private var suspects: [Suspect] = []
  /// Whether the policy is one under which there is inversion.
  private(set) var isOn = false

  /// As many ticks tell.
  static let patience = 10
  /// The most tasks that are watched at a time.
  private static let most = 64

  /// Whether there is anything to look at.
  var isWatching: Bool { !suspects.isEmpty }

  /// Notes which policy there is.
  ///
  /// - Parameter policy: Its name and settings.
  mutating func noteRule(_ policy: String) {
    isOn = policy.hasPrefix("priority ") && !policy.contains("donation=yes")
    if !isOn { suspects = [] }
  }

  mutating func notePriority(_ priority: Int, of task: TaskID) { priorities[task] = priority }

  mutating func noteEnd(of task: TaskID) { priorities[task] = nil }

  mutating func noteWait(of task: TaskID, for lock: ObjectID) {
    if isOn, suspects.count < Self.most { suspects.append(Suspect(task: task, lock: lock)) }
  }

  mutating func noteEndOfWait(of task: TaskID) {
    if !suspects.isEmpty { suspects.removeAll { $0.task == task } }
  }

  /// Looks at a step.
  ///
  /// - Parameters:
  ///   - runner: The task that runs.
  ///   - book: Who holds what.
  ///   - isReady: Whether a task could run.
  /// - Returns: The inversions that have lasted for long now; each wait once.
  mutating func look(
    at runner: TaskID,
    _ book: SharingBook,
    isReady: (TaskID) -> Bool
  ) -> [Finding] {
    var findings: [Finding] = []
    let rank = priorities[runner] ?? 0
    for index in suspects.indices {
      let suspect = suspects[index]
      guard rank < priorities[suspect.task] ?? 0,
        let holder = book[suspect.lock]?.holds.first(where: {
          $0.task != runner && priorities[$0.task] ?? 0 < rank && isReady($0.task)
        })?.task
      else { continue }
      suspects[index].ticks += 1
      if suspects[index].ticks == Self.patience {
        findings.append(
          Finding(task: suspect.task, lock: suspect.lock, holder: holder, runner: runner)
        )
      }
    }
    return findings
  }
}
