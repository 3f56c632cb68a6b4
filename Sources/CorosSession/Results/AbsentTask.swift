import CorosInsight
package import CorosKernel

/// A task that is not alive.
package enum AbsentTask: Equatable, CustomStringConvertible {
  /// It has ended.
  case ended(TaskID, ExitStatus)
  /// It does not exist, or is no longer remembered.
  case unknown(TaskID)

  init(_ tid: TaskID, _ scheduler: Scheduler) {
    let status = scheduler.info(tid).flatMap(\.status)
    self = status.map { .ended(tid, $0) } ?? .unknown(tid)
  }

  /// A sentence without a full stop.
  package var description: String {
    switch self {
    case .ended(let tid, let status): "task \(tid) has ended already (\(status))"
    case .unknown(let tid): "there is no task \(tid)"
    }
  }
}
