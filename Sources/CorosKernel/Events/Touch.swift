/// That a step has read or changed a part of the machine which other steps may read or change.
///
/// The touches of a step are its footprint. Two steps that follow one another can change places, with the same
/// result, if neither changes what the other touches, and neither wakes or creates the other's task. Every step
/// also reads the life of its own task, and moves the clock: no touch tells of that.
public struct Touch: Hashable, Sendable {
  /// What was touched.
  public let resource: Resource
  /// Whether it was changed; if not, it was read.
  public let isChange: Bool

  /// Makes a touch.
  public init(_ resource: Resource, isChange: Bool) {
    self.resource = resource
    self.isChange = isChange
  }

  /// A part of the machine.
  public enum Resource: Hashable, Sendable {
    /// An object: its value, its queue and its holders.
    case object(ObjectID)
    /// The tasks that wait on a channel.
    case channel(WaitChannel)
    /// Whether a task lives, runs or is stopped, how it ended, and who waits for that.
    case life(TaskID)
    /// Whether a task goes on, which each of its steps reads: changed by who kills, stops or cancels it, and by who ends
    /// a wait of it, as a change of the task's own.
    case steps(TaskID)
    /// Which children a task has, and which of them have ended.
    case children(TaskID)
    /// The scheduling parameters of a task.
    case parameters(TaskID)
    /// The id of the next task, the number of the next object.
    case numbers
    /// How many tasks are alive.
    case taskCount
    /// The clock.
    case clock
    /// The random numbers of the tasks.
    case random
    /// The order of what tasks write.
    case output
    /// Whatever a call that is not ``SystemCall/isTracked`` may touch outside the kernel.
    case outside
  }
}
