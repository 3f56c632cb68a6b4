/// Why a system call failed: the caller's mistake, or a limit.
public enum SystemCallError: Error, Hashable, Sendable {
  /// A task, or the operator, waited for itself.
  case waitsForItself(TaskID)
  /// `WaitAnyChild` from a task with no child left to wait for.
  case noChildren(of: TaskID)
  /// The deadline came first.
  case timedOut
  /// There are as many tasks as the scheduler's limits allow.
  case tooManyTasks(limit: Int)
  /// An invalid argument, and why it is.
  case invalidArgument(String)
  /// A call that only a task can make came from the operator.
  case onlyForTasks(call: String)
  /// The operator made a call while an earlier one of its calls still waits.
  case operatorWaits
  /// A child task inside a body made a system call; only the body itself can.
  case notTheTask
  /// The Swift runtime does not suspend tasks in the way that async tasks need.
  case unsupportedRuntime
  /// A coroutine was resumed with a value that is not the reply its call has.
  case wrongReply(to: String)
}

extension SystemCallError: CustomStringConvertible {
  /// What is wrong, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .waitsForItself(let task):
      task == .operator
        ? "the operator cannot wait for itself"
        : "task \(task) cannot wait for itself: it would wait for ever"
    case .noChildren(let parent):
      "task \(parent) has no child to wait for"
    case .timedOut:
      "timed out"
    case .tooManyTasks(let limit):
      "too many tasks: the limit is \(limit)"
    case .invalidArgument(let why):
      why
    case .onlyForTasks(let call):
      "\(call) is for tasks: the operator is not scheduled"
    case .operatorWaits:
      "the operator waits: it can make no other system call until that is over"
    case .notTheTask:
      "a system call from a child task or another thread: only the task's own body can trap"
    case .unsupportedRuntime:
      "this Swift runtime suspends tasks in a way that Coros does not know: "
        + "only state machines can be run"
    case .wrongReply(let call):
      "\(call) was answered with something that is not its reply"
    }
  }
}
