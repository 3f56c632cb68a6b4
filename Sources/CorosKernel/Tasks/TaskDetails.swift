/// What the kernel keeps of a task that waits, is waited for, has children, or has a reply to fetch.
///
/// A reference, so that a task without any of it pays eight bytes; each belongs to one task alone.
final class TaskDetails {
  /// The ticket of the present wait.
  @exclusivity(unchecked) var wait: Wait?
  /// The reply or the error that the coroutine is resumed with next.
  @exclusivity(unchecked) var resumption = Resumption.done
  /// Those who wait for the task's end.
  @exclusivity(unchecked) var waiters = SlotQueue()
  @exclusivity(unchecked) var liveChildren = 0
  @exclusivity(unchecked) var endedChildren = EndedChildren()
  @exclusivity(unchecked) var scheduling: SchedulingRecord?

  init() {}

  init(copying other: TaskDetails) {
    wait = other.wait
    resumption = other.resumption
    waiters = other.waiters
    liveChildren = other.liveChildren
    endedChildren = other.endedChildren
    scheduling = other.scheduling.map(SchedulingRecord.init(copying:))
  }

  func takeResumption() -> Resumption {
    let taken = resumption
    resumption = .done
    return taken
  }
}
