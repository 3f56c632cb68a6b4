/// Answers one question: which ready task runs next, and for how many ticks.
///
/// A policy is a value. The kernel hands it each task that becomes ready, takes away those that are
/// stopped or killed, and asks for the next one; a policy changes nothing else. Its answers may depend
/// only on what it was told, in the order in which it was told.
public protocol SchedulingPolicy {
  /// The policy and its settings, as one would type them: `rr quantum=1`.
  var description: String { get }

  /// The ready tasks in the order in which they would run as things stand, first next; for display.
  var order: [TaskHandle] { get }

  /// Takes in a task that has become ready and is not in the policy's hands.
  mutating func enqueue(_ task: TaskHandle)

  /// Lets go of a task in the policy's hands, wherever it stands.
  mutating func remove(_ task: TaskHandle)

  /// Chooses the task to run next and lets go of it; nil when none is ready.
  mutating func next() -> Choice?
}

/// A task as policies see it.
public struct TaskHandle: Hashable, Sendable {
  let slot: Slot

  /// A small number that no other live task has: an index for tables of one's own.
  public var index: Int { Int(slot.index) }
}

/// A policy's answer.
public struct Choice: Hashable, Sendable {
  /// The task that runs next.
  public let task: TaskHandle
  /// For how many ticks it keeps the CPU if it neither yields, blocks nor ends; at least 1.
  public let slice: Tick

  /// Makes an answer; a slice of `Tick.max` has no end.
  public init(_ task: TaskHandle, slice: Tick) {
    self.task = task
    self.slice = max(1, slice)
  }

  /// Makes an answer of a slice that is known to be at least 1.
  init(_ task: TaskHandle, checkedSlice slice: Tick) {
    self.task = task
    self.slice = slice
  }
}
