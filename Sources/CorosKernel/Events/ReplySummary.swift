/// The reply to a system call as events show it.
public enum ReplySummary: Hashable, Sendable {
  /// The call has no reply.
  case nothing
  /// The reply may be missing, and is: `WaitTask` replies so when there is no such task.
  case missing
  /// The reply, as text.
  case value(String)

  /// Describes a reply of any type but `Void`, which it does not keep.
  ///
  /// - Parameters:
  ///   - reply: the reply.
  ///   - name: the name of an object; nil when there is none.
  static func of(_ reply: Any, naming name: (ObjectID) -> String?) -> ReplySummary {
    if let object = reply as? any ObjectReply { return .value(name(object.id) ?? "\(object)") }
    if type(of: reply) == [UInt8].self, let bytes = reply as? [UInt8] {
      return .value(describe(bytes))
    }
    if let optional = reply as? any OptionalReply { return optional.summary }
    return .value(String(describing: reply))
  }

  /// How many bytes, and the first of them as far as they are text.
  private static func describe(_ bytes: [UInt8]) -> String {
    let shown = 40
    let number = bytes.count == 1 ? "1 byte" : "\(bytes.count) bytes"
    if bytes.isEmpty { return number }
    let text = bytes.prefix(shown).map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: ".") }
    return "\(number), " + String(decoding: text, as: UTF8.self) + (bytes.count > shown ? "…" : "")
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

/// A reply that stands for an object, by whose name events call it.
package protocol ObjectReply {
  /// Which object.
  var id: ObjectID { get }
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
