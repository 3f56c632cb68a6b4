public import CorosKernel

/// Why a call on a handle failed: what the other side, the system or the caller did.
public enum IOFailure: Error, Hashable, Sendable {
  /// Nobody listens there.
  case refused
  /// The other side broke the connection off, or the handle belongs to another branch of the past.
  case reset
  /// The handle is closed, or a task closed it meanwhile.
  case closed(by: TaskID?)
  /// Another task waits in the same direction: of those there can be one.
  case busy(String, by: TaskID)
  /// There is no way to the other side.
  case unreachable
  /// Somebody else uses the address.
  case addressInUse
  /// The time was over; so many bytes had been sent.
  case timedOut(bytes: Int)
  /// It may not be, and why.
  case denied(String)
  /// There is no such file.
  case notFound(String)
  /// The address, or the path, is not written as one.
  case invalid(String)
  /// The handle cannot do that.
  case unsupported(String)
  /// The machine has no world: no handles can be opened.
  case noWorld
  /// A replay asks for something else than was recorded.
  case notAsRecorded
  /// Something else, in the system's words.
  case system(String)
}

extension IOFailure: CustomStringConvertible {
  /// What is wrong, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .refused: "refused: nobody listens there"
    case .reset: "reset: the other side broke the connection off"
    case .closed(nil): "closed: the handle is closed"
    case .closed(let task?):
      "closed: " + (task == .operator ? "the operator" : "task \(task)") + " closed the handle"
    case .busy(let what, let task): "busy: task \(task) waits to \(what) already"
    case .unreachable: "unreachable: there is no way there"
    case .addressInUse: "address in use: somebody else listens there"
    case .timedOut(0): "timed out"
    case .timedOut(let bytes): "timed out after \(bytes) bytes"
    case .denied(let why): "denied: \(why)"
    case .notFound(let path): "not found: \(path)"
    case .invalid(let why): "invalid: \(why)"
    case .unsupported(let why): "unsupported: \(why)"
    case .noWorld: "this machine has no world: no handles can be opened"
    case .notAsRecorded: "the recording has something else here"
    case .system(let words): words
    }
  }
}
