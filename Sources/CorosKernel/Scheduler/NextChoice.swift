/// What the next step will be: which task runs, which others could, and why the last task does not go on.
///
/// It is computed without making the step, and what is due at the tick (wakes, arrivals, aging, boosts,
/// preemption) is part of it. Ask again after anything has been done to the scheduler. For a step in the past,
/// replay to the moment before it and ask there.
public struct NextChoice: Hashable, Sendable {
  /// A task that could be chosen, and what the policy sorts it by.
  public struct Candidate: Hashable, Sendable {
    /// The task.
    public let task: TaskID
    /// What the policy sorts it by, such as `3 left of 5`; nil when only the place in the queue counts.
    public let sortKey: String?
  }

  /// Why a task no longer has the CPU.
  public struct Loss: Hashable, Sendable {
    /// The task that ran in the step before.
    public let task: TaskID
    /// What ended its turn.
    public let end: TurnEnd
    /// What the policy sorts it by, where it is a candidate again.
    public let sortKey: String?
  }

  /// The tick of the step: the present one, or the one to which the clock jumps first.
  public let tick: Tick
  /// The tasks that can be chosen, in the policy's order, the chosen one first where there is one.
  public let candidates: [Candidate]
  /// The task that will run; nil when none will, or when the operator must pick one.
  public let task: TaskID?
  /// How many ticks are left of the slice of the task that keeps the CPU, this one included.
  ///
  /// nil when a turn begins with this step; `Tick.max` for a slice without end.
  public let ticksLeft: Tick?
  /// Whether the operator has picked the task, out of the policy's turn.
  public let isPicked: Bool
  /// The task that ran before, and why it does not go on; nil when it does, or before the first step.
  public let loss: Loss?
  /// The tasks that wake at the beginning of the tick, in order.
  public let woken: [TaskID]

  /// The task that the policy takes the CPU from, in favour of the chosen one; nil when it takes it from none.
  ///
  /// A task whose turn the policy ends, and which it then chooses again, loses nothing.
  public var preempted: TaskID? {
    loss.flatMap { $0.end == .preempted && $0.task != task ? $0.task : nil }
  }

  /// The candidates that are not chosen.
  public var others: ArraySlice<Candidate> {
    task == nil ? candidates[...] : candidates.dropFirst()
  }
}

extension Scheduler {
  /// What the next step will be, if the operator does nothing before it.
  ///
  /// Runs no task and changes nothing. It assumes that a call whose deadline comes lets its caller go on: a
  /// call that blocks again then is the one case that cannot be known.
  ///
  /// O(n) in the ready tasks, and in the armed timers where one is due.
  public var nextChoice: NextChoice { state.nextChoice() }
}
