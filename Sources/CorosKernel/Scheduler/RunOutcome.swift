/// Why a run stopped; every way has a name.
public enum RunOutcome: Hashable, Sendable {
  /// No task is left.
  case allFinished
  /// Nothing is ready before the given tick, which is beyond the run's limit.
  case idle(until: Tick)
  /// Every task waits, and no task or timer can end any of the waits.
  case deadlock(Deadlock)
  /// Nothing is ready, and these tasks wait for the world outside.
  case waiting([BlockedTask])
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
  /// A check of the run's owner has failed; what is wrong.
  case failedCheck(String)
  /// A breakpoint was hit; the owner of the breakpoints says which.
  case breakpoint
}

/// Which tasks wait for which, and for what that others hold, when none can ever run again.
public struct Deadlock: Hashable, Sendable {
  /// All tasks, oldest first, each with what it waits for.
  public let blocked: [BlockedTask]

  /// The circles among them: each task waits for the next, and the last for the first.
  ///
  /// A task waits for another when it waits for its end, or for an object that the other holds. Each circle begins
  /// with its oldest task, and circles are sorted by it; of those that share a task, not all are told. O(n).
  public var circles: [[TaskID]] {
    var targets: [TaskID: [TaskID]] = [:]
    for task in blocked where !task.awaited.isEmpty { targets[task.tid] = task.awaited }
    var visited: Set<TaskID> = []
    var result: [[TaskID]] = []
    for task in blocked where visited.insert(task.tid).inserted {
      // The walk in depth, and for each task on its path those that it waits for and are still to be visited.
      var path = [task.tid]
      var places = [task.tid: 0]
      var ahead = [targets[task.tid, default: []][...]]
      while let tid = path.last {
        guard let next = ahead[path.count - 1].popFirst() else {
          places[tid] = nil
          path.removeLast()
          ahead.removeLast()
          continue
        }
        if let start = places[next] {
          result.append(Self.fromOldest(path[start...]))
        } else if visited.insert(next).inserted {
          places[next] = path.count
          path.append(next)
          ahead.append(targets[next, default: []][...])
        }
      }
    }
    return result.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
  }

  private static func fromOldest(_ circle: ArraySlice<TaskID>) -> [TaskID] {
    let oldest = circle.indices.min { circle[$0] < circle[$1] } ?? circle.startIndex
    return Array(circle[oldest...] + circle[..<oldest])
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
  /// The tasks that hold the object it waits for, in the order in which they got it.
  public let holders: [TaskID]
  /// What the objects are called that it holds itself, in the order in which it got them.
  public let holds: [String]

  init(
    tid: TaskID,
    name: String,
    reason: WaitReason,
    holders: [TaskID] = [],
    holds: [String] = []
  ) {
    self.tid = tid
    self.name = name
    self.reason = reason
    self.holders = holders
    self.holds = holds
  }

  /// The tasks for all of which it waits, where that is known.
  var awaited: [TaskID] {
    if case .task(let other) = reason { [other] } else { holders }
  }
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
