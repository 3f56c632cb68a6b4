public import CorosKernel

/// Why a call on a shared object failed: the caller's mistake, of which nothing has changed.
public enum SyncError: Error, Hashable, Sendable {
  /// The caller asked for what it holds already; nothing here can be taken twice.
  case alreadyHolds(String)
  /// The caller gave back what another task holds, or used what only the holder may use.
  case notHolder(String, holder: TaskID)
  /// The caller gave back what nobody holds, or used what only a holder may use.
  case notLocked(String)
  /// A semaphore with a maximum has as many permits as that.
  case full(String)
  /// A task's mailbox has as many messages as the limits allow.
  case mailboxFull(of: TaskID)
  /// A value was to be sent by a channel that is closed, or a task to be added to a group that is.
  case closed(String)
  /// A line was to be written into a pipe from which nobody can read any more.
  case brokenPipe(String)
  /// A task was to read a line that reads no pipe.
  case noInput
  /// A task was to be joined to a pipe that is joined to one already.
  case isJoined(TaskID)
  /// The task that was asked has ended, or there is none.
  case noAnswer(from: TaskID)
}

extension SyncError: CustomStringConvertible {
  /// What is wrong, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .alreadyHolds(let name): "\(name) is held already by the caller, and cannot be taken twice"
    case .notHolder(let name, let holder): "\(name) is held by task \(holder)"
    case .notLocked(let name): "\(name) is held by nobody"
    case .full(let name): "\(name) has as many permits as it may have"
    case .mailboxFull(let task): "the mailbox of task \(task) is full"
    case .closed(let name): "\(name) is closed"
    case .brokenPipe(let name): "nobody reads \(name) any more"
    case .noInput: "the task reads no pipe"
    case .isJoined(let task): "task \(task) has such an end of a pipe already"
    case .noAnswer(let task): "there is no answer: task \(task) has ended"
    }
  }
}
