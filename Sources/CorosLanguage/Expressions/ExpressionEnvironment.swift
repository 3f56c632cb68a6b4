/// What the names and functions of an expression stand for.
package protocol ExpressionEnvironment {
  /// The value of a name such as `tick`, or nil when it is none; the word then stands for itself.
  func value(of name: String) -> ExpressionValue?

  /// The value of a function; only called with one of `functions`.
  ///
  /// - Throws: What is wrong with the arguments; the place is added by the evaluation.
  func call(
    _ function: String,
    _ arguments: [ExpressionValue]
  ) throws(ExpressionError) -> ExpressionValue

  /// The words that a function can answer, so that comparing it with another is a slip; nil when any.
  func answers(of function: String) -> [String]?

  /// The names that have values, to suggest the nearest from.
  var names: [String] { get }

  /// The functions that can be called.
  var functions: [String] { get }
}

extension ExpressionEnvironment {
  package func answers(of function: String) -> [String]? { nil }
}

/// A value of an expression.
package enum ExpressionValue: Equatable, Sendable, CustomStringConvertible {
  case integer(Int)
  case string(String)
  case truth(Bool)

  package var description: String {
    switch self {
    case .integer(let number): String(number)
    case .string(let text): text
    case .truth(let truth): String(truth)
    }
  }

  /// What a message calls a value of this kind.
  package var kind: String {
    switch self {
    case .integer: "a number"
    case .string: "a word"
    case .truth: "a truth value"
    }
  }
}
