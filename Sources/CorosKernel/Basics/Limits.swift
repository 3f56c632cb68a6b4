/// The most that a scheduler holds, so that no task can take the whole machine.
public struct Limits: Hashable, Sendable {
  /// The most live tasks; beyond it, creating one fails with `SystemCallError.tooManyTasks`.
  public var tasks: Int
  /// The most ended tasks that are remembered; beyond it the oldest is forgotten.
  public var keptStatuses: Int
  /// The most system calls that a task being ended may make before it is abandoned.
  public var refusals: Int
  /// How long a scheduler that goes away waits for tasks outside the kernel, in milliseconds.
  public var graceMilliseconds: Int

  /// The most objects that tasks share; beyond it, making one fails with `SystemCallError.tooManyObjects`.
  public var objects: Int
  /// The most messages that wait in a task's mailbox; beyond it, sending one fails.
  public var mailbox: Int

  /// The most bytes kept of a task's name, and of the text of an error that it failed with.
  ///
  /// Longer ones are cut, and end with `…`, so that what is remembered of tasks has a bound.
  public static let textBytes = 4_096

  /// Makes limits; the defaults suit a machine with a gigabyte or two to spare.
  ///
  /// - Parameters:
  ///   - tasks: the most live tasks.
  ///   - keptStatuses: the most ended tasks remembered.
  ///   - refusals: the most system calls of a task being ended.
  ///   - graceMilliseconds: how long to wait for tasks outside when the scheduler goes away.
  ///   - objects: the most objects.
  ///   - mailbox: the most messages in a mailbox.
  public init(
    tasks: Int = 1_048_576,
    keptStatuses: Int = 10_000,
    refusals: Int = 1_000,
    graceMilliseconds: Int = 500,
    objects: Int = 100_000,
    mailbox: Int = 10_000
  ) {
    self.tasks = max(0, tasks)
    self.keptStatuses = max(0, keptStatuses)
    self.refusals = max(0, refusals)
    self.graceMilliseconds = max(0, graceMilliseconds)
    self.objects = min(max(0, objects), Int(Int32.max))
    self.mailbox = max(0, mailbox)
  }
}
