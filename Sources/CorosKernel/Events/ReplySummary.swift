/// The reply to a system call as events show it.
public enum ReplySummary: Hashable, Sendable {
  /// The call has no reply.
  case nothing
  /// The reply may be missing, and is: `WaitTask` replies so when there is no such task.
  case missing
  /// The reply, as text.
  case value(String)

  /// Describes a reply of any type but `Void`, which it does not keep.
  static func of(_ reply: Any) -> ReplySummary {
    if let optional = reply as? any OptionalReply { return optional.summary }
    return .value(String(describing: reply))
  }
}

extension ReplySummary: CustomStringConvertible {
  /// The text of the reply: empty when there is none, and `none` when it is missing.
  public var description: String {
    switch self {
    case .nothing: ""
    case .missing: "none"
    case .value(let text): text
    }
  }
}

/// Lets a reply that may be missing be described without the word `Optional`.
private protocol OptionalReply {
  var summary: ReplySummary { get }
}

extension Optional: OptionalReply {
  fileprivate var summary: ReplySummary {
    map { .value(String(describing: $0)) } ?? .missing
  }
}
