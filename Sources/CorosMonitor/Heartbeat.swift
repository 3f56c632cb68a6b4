import CorosKernel
import Synchronization

/// Knows which task has the CPU and since when, and may be asked by another thread.
///
/// It listens to the beginning and the end of each step.
final class Heartbeat: Observer, Sendable {
  /// The task that has the CPU; 0 for none.
  private let task = Atomic(0)
  /// When it got it, in milliseconds.
  private let since = Atomic(0)
  /// For how long the last one had it that was reported, in milliseconds; 0 for none.
  private let overdue = Atomic(0)
  private let limit: Int
  private let clock: @Sendable () -> Int

  /// Makes one that knows of no step.
  ///
  /// - Parameters:
  ///   - limit: After how many milliseconds a step is to be reported.
  ///   - clock: A clock that only goes forward, in milliseconds.
  init(limit: Int, clock: @escaping @Sendable () -> Int) {
    self.limit = limit
    self.clock = clock
  }

  var interests: Event.Kinds { [.dispatches, .calls, .lives] }

  func observe(_ event: Event) {
    switch event.action {
    case .dispatched:
      since.store(clock(), ordering: .relaxed)
      task.store(event.task.rawValue, ordering: .releasing)
    case .trapped, .exited, .escaped:
      task.store(0, ordering: .releasing)
    default: break
    }
  }

  /// The task that has not come back for too long, in milliseconds: each step is reported once.
  ///
  /// - Parameter reported: When the step began that was reported last; nil for none.
  /// - Returns: The task, and for how long it has had the CPU; nil for none.
  func overdueTask(besides reported: inout Int?) -> (task: Int, milliseconds: Int)? {
    let task = task.load(ordering: .acquiring)
    let since = since.load(ordering: .relaxed)
    let time = clock() - since
    guard task != 0, time >= limit, reported != since else { return nil }
    reported = since
    overdue.store(task, ordering: .relaxed)
    return (task, time)
  }

  /// The task that was reported and has come back since; nil for none.
  ///
  /// Each is told once.
  func takeReturned() -> Int? {
    guard task.load(ordering: .relaxed) == 0 else { return nil }
    let task = overdue.exchange(0, ordering: .relaxed)
    return task == 0 ? nil : task
  }
}
