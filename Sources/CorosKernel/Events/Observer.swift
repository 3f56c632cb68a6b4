/// Something that is told what happens in a scheduler.
///
/// Observers are called on the scheduler's thread, in the order in which they were added, in the middle of a
/// step: an observer keeps or shows what it is told, and must not call the scheduler.
public protocol Observer: AnyObject {
  /// The kinds of events wanted; the scheduler makes no other event for it.
  ///
  /// They may change with an event, and then hold from the next one on.
  var interests: Event.Kinds { get }

  /// Takes in one event.
  func observe(_ event: Event)

  /// Takes in that a task was given the CPU.
  ///
  /// It is called in place of `observe` for each `dispatched`, the most frequent event by far, so that an observer
  /// can take it in without an `Event` being made. Default: makes the event and calls `observe`.
  ///
  /// - Parameters:
  ///   - task: the task.
  ///   - tick: the tick that it runs for.
  ///   - number: the number of the event.
  func observeDispatch(of task: TaskID, at tick: Tick, number: Int)
}

extension Observer {
  /// Makes the event and calls `observe`.
  public func observeDispatch(of task: TaskID, at tick: Tick, number: Int) {
    observe(Event(number: number, tick: tick, task: task, action: .dispatched))
  }
}
