/// Why a run stopped; every way has a name.
public enum RunOutcome: Hashable, Sendable {
  /// No task is left.
  case allFinished
  /// Nothing is ready before the given tick, which is beyond the run's limit.
  case idle(until: Tick)
  /// Every task waits, and no task or timer can end any of the waits.
  case deadlock(Deadlock)
  /// Nothing is ready, and these tasks are stopped until the operator continues them.
  case stopped([TaskID])
  /// Nothing is ready, and these tasks await something outside the kernel.
  case outside([TaskID])
  /// These tasks are ready, in the policy's order, and the policy runs none of them.
  ///
  /// It waits for a pick: see `Scheduler.pick(_:)`. Or it lets the CPU idle, and no timer ends that.
  case undecided([TaskID])
  /// The run's limit of ticks is reached.
  case limitReached
  /// The run's condition holds.
  case conditionMet
  /// A breakpoint was hit; the owner of the breakpoints says which.
  case breakpoint
}

/// Which tasks wait for which, when none can ever run again.
public struct Deadlock: Hashable, Sendable {
  /// All tasks, oldest first, each with what it waits for.
  public let blocked: [BlockedTask]

  /// The circles among them: each task waits for the next, and the last for the first.
  ///
  /// Each circle begins with its oldest task, and circles are sorted by it. O(n).
  public var circles: [[TaskID]] {
    var target: [TaskID: TaskID] = [:]
    for task in blocked {
      if case .task(let other) = task.reason { target[task.tid] = other }
    }
    var visitedFrom: [TaskID: TaskID] = [:]
    var result: [[TaskID]] = []
    for task in blocked {
      var path: [TaskID] = []
      var current = task.tid
      while visitedFrom[current] == nil, let next = target[current] {
        visitedFrom[current] = task.tid
        path.append(current)
        current = next
      }
      // A circle is new when the walk has run into its own path.
      if visitedFrom[current] == task.tid, let start = path.firstIndex(of: current) {
        let circle = Array(path[start...])
        let oldest = circle.indices.min { circle[$0] < circle[$1] } ?? circle.startIndex
        result.append(Array(circle[oldest...] + circle[..<oldest]))
      }
    }
    return result.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
  }
}

/// One task of a deadlock.
public struct BlockedTask: Hashable, Sendable {
  /// The task's id.
  public let tid: TaskID
  /// The task's name.
  public let name: String
  /// What it waits for.
  public let reason: WaitReason
}

/// What one step did.
public enum StepResult: Hashable, Sendable {
  /// It ran this task, for one tick.
  case dispatched(TaskID)
  /// It ran nothing, for this reason.
  case stalled(RunOutcome)

  /// The task that ran; the operator when none did.
  package var task: TaskID {
    if case .dispatched(let task) = self { task } else { .operator }
  }
}

/// The error of an operator's call whose wait did not end: the run stopped first.
public struct RunStopped: Error, Hashable, Sendable {
  /// Why it stopped.
  public let outcome: RunOutcome

  /// Makes the error.
  public init(outcome: RunOutcome) {
    self.outcome = outcome
  }
}

/// What happens to a task that awaits something outside the kernel.
public enum ForeignAwaits: Hashable, Sendable {
  /// It fails with a clear error, at once. The run stays deterministic: the default.
  case refuse
  /// It waits in real time, and is ready again when what it awaits has come. Such runs are not deterministic.
  case park
}
