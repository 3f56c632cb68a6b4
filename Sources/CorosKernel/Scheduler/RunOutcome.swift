/// Why a run stopped: every way has a name.
public enum RunOutcome: Hashable, Sendable {
  /// No task is left.
  case allFinished
  /// Nothing is ready before the given tick, which is beyond the run's limit.
  case idle(until: Tick)
  /// Every task waits for something that no task and no timer can bring.
  case deadlock(Deadlock)
  /// Nothing is ready, and these tasks are stopped: somebody must continue them.
  case stopped([TaskID])
  /// Nothing is ready, and these tasks await something outside the kernel.
  case outside([TaskID])
  /// These tasks are ready, in the policy's order, and the policy runs none of them.
  ///
  /// It waits to be told which: see `Scheduler.pick(_:)`. Or it lets the CPU idle, with no timer to end that.
  case undecided([TaskID])
  /// The run's limit of ticks is reached.
  case limitReached
  /// The condition that the run was to stop at holds.
  case conditionMet
  /// A breakpoint was hit; whoever keeps the breakpoints says which.
  case breakpoint
}

/// Who waits for whom when nothing can ever run again.
public struct Deadlock: Hashable, Sendable {
  /// All the tasks there are, oldest first, each with what it waits for.
  public let blocked: [BlockedTask]

  /// The circles among them: each task waits for the next, and the last for the first.
  ///
  /// Each circle begins with its oldest task; circles are in the order of those. O(n).
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
      // A circle is new when the walk ran into its own path.
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

  /// The task that ran; the operator where none did.
  package var task: TaskID {
    if case .dispatched(let task) = self { task } else { .operator }
  }
}

/// The error of an operator's call that waits for what cannot come: the run stopped first.
public struct RunStopped: Error, Hashable, Sendable {
  /// Why it stopped.
  public let outcome: RunOutcome

  /// Makes the error.
  public init(outcome: RunOutcome) {
    self.outcome = outcome
  }
}

/// What becomes of a task that awaits something outside the kernel.
public enum ForeignAwaits: Hashable, Sendable {
  /// It fails with a clear error, at once. The run stays deterministic: the default.
  case refuse
  /// It waits, and is ready again when what it awaits has come, in real time; such runs differ.
  case park
}
