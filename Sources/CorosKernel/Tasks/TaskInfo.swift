/// What a scheduler knows of one task: a snapshot.
public struct TaskInfo: Hashable, Sendable {
  /// The task's id.
  public let tid: TaskID
  /// Its name.
  public let name: String
  /// Its state.
  public let state: TaskState
  /// Who created it; the operator once the creator has ended.
  public let parent: TaskID
  /// Who created it, whether or not that task still lives.
  public let creator: TaskID
  /// Its priority, tickets, nice value and length.
  public let parameters: SchedulingParameters
  /// Where its ticks went.
  public let accounting: Accounting
  /// Since when it waits; nil when it does not, or has not arrived.
  public let waitingSince: Tick?
  /// When its wait ends by itself, or when it arrives; nil when neither.
  public let deadline: Tick?
  /// Who cancelled it, and why; nil when nobody did, and once it has ended.
  public let cancellation: Cancelled?
  /// The tasks that wait for its end, in the order in which they began.
  public let waiters: [TaskID]
  /// The priority that a task that waits for what it holds lends it; nil when none does, or lends are not made.
  public let loan: PriorityLoan?

  /// How it ended; nil while it is alive.
  public var status: ExitStatus? { if case .exited(let status) = state { status } else { nil } }
}

/// A priority that counts for a task because it holds what another waits for.
public struct PriorityLoan: Hashable, Sendable {
  /// The priority.
  public let priority: Int
  /// The task that waits.
  public let lender: TaskID
}
