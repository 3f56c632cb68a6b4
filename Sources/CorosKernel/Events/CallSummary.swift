/// A system call as events show it: its type, and its arguments in words.
public struct CallSummary: Sendable {
  /// The type of the call, such as `WaitTask`.
  public let type: any SystemCall.Type
  /// Its arguments, such as `task 3`; empty when it has none.
  public let arguments: String
  /// The line of its text in which the caller makes it; nil for a caller without a text.
  public let line: Int?

  /// Describes a call.
  public init(type: any SystemCall.Type, arguments: String, line: Int? = nil) {
    self.type = type
    self.arguments = arguments
    self.line = line
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
  /// Whether the type, the arguments and the line are the same.
  public static func == (left: CallSummary, right: CallSummary) -> Bool {
    left.type == right.type && left.arguments == right.arguments && left.line == right.line
  }

  /// Hashes the type, the arguments and the line.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(type))
    hasher.combine(arguments)
    hasher.combine(line)
  }
}

extension CallSummary: CustomStringConvertible {
  /// The name, and the arguments in parentheses.
  public var description: String {
    arguments.isEmpty ? name : "\(name)(\(arguments))"
  }
}

extension SystemCall {
  /// The call, by itself.
  package var summary: CallSummary {
    CallSummary(type: Self.self, arguments: arguments)
  }

  /// The call as events show it.
  func summary(in kernel: KernelContext) -> CallSummary {
    CallSummary(type: Self.self, arguments: arguments(in: kernel))
  }
}
