/// Defines the names and functions of an expression.
package protocol ExpressionEnvironment {
  /// The value of a name such as `tick`, or nil if the word is not a name and stands for itself.
  func value(of name: String) -> ExpressionValue?

  /// The value of a function.
  ///
  /// Only called with one of `functions`.
  ///
  /// - Throws: What is wrong with the arguments. The evaluation adds the place.
  func call(
    _ function: String,
    _ arguments: [ExpressionValue]
  ) throws(ExpressionError) -> ExpressionValue

  /// The words that a function can return, so that comparing it with any other word is an error.
  ///
  /// Nil: any word.
  func answers(of function: String) -> [String]?

  /// All names that have values, for suggestions.
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
  /// A mean or a share, which has a fraction.
  case decimal(Double)
  case string(String)
  case truth(Bool)

  package var description: String {
    switch self {
    case .integer(let number): String(number)
    case .decimal(let number): String(number)
    case .string(let text): text
    case .truth(let truth): String(truth)
    }
  }

  /// The number, for comparing a whole one with one that has a fraction.
  var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .decimal(let number): number
    case .string, .truth: nil
    }
  }

  /// The name of this kind of value, for messages.
  package var kind: String {
    switch self {
    case .integer, .decimal: "a number"
    case .string: "a word"
    case .truth: "a truth value"
    }
  }
}
