/// A system call as events show it: its type, and its arguments in words.
public struct CallSummary: Sendable {
  /// The type of the call, such as `WaitTask`.
  public let type: any SystemCall.Type
  /// Its arguments, such as `task 3`; empty when it has none.
  public let arguments: String

  /// Describes a call.
  public init(type: any SystemCall.Type, arguments: String) {
    self.type = type
    self.arguments = arguments
  }

  /// The call's name, such as `WaitTask`.
  public var name: String { type.name }

  /// Lets a `switch` over a summary have cases such as `case WaitTask.self`.
  ///
  /// - Returns: whether the call is of the type.
  public static func ~= (type: any SystemCall.Type, call: CallSummary) -> Bool {
    call.type == type
  }
}

extension CallSummary: Hashable {
  /// Whether the type and the arguments are the same.
  public static func == (left: CallSummary, right: CallSummary) -> Bool {
    left.type == right.type && left.arguments == right.arguments
  }

  /// Hashes the type and the arguments.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(type))
    hasher.combine(arguments)
  }
}

extension CallSummary: CustomStringConvertible {
  /// The name, and the arguments in parentheses.
  public var description: String {
    arguments.isEmpty ? name : "\(name)(\(arguments))"
  }
}

extension SystemCall {
  /// The call as events show it.
  package var summary: CallSummary {
    CallSummary(type: Self.self, arguments: arguments)
  }
}
