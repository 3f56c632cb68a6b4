/// How a task ended: what `WaitTask` replies with.
public enum ExitStatus: Hashable, Sendable {
  /// The task ran to its end, with code 0, or called `Exit`.
  case exited(Int)
  /// It was killed.
  case killed
  /// It threw an error that it did not catch; the text describes the error.
  case failed(String)
}

extension ExitStatus: CustomStringConvertible {
  /// The status in words: `exited 0`, `killed`, `failed: ...`.
  public var description: String {
    switch self {
    case .exited(let code): "exited \(code)"
    case .killed: "killed"
    case .failed(let message): "failed: \(message)"
    }
  }
}
