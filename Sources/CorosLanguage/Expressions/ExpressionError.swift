/// An expression that is malformed, or that compares values that cannot be compared.
package struct ExpressionError: Error, Equatable, Sendable {
  package let problem: Problem
  /// The place in the line.
  ///
  /// Nil until the evaluation adds it.
  package private(set) var place: SourceRange?

  package init(_ problem: Problem, at place: SourceRange) {
    self.problem = problem
    self.place = place
  }

  /// An error from a function, such as a task that does not exist.
  package init(_ message: String, hint: String = "") {
    self.problem = .refused(message: message, hint: hint)
  }

  /// Whether the comparison involved a value that a task does not have yet, or no longer has.
  package var isAboutNone: Bool {
    switch problem {
    case .differentKinds(let left, _, let right, _):
      left == .string("none") || right == .string("none")
    case .unordered(_, let value, _): value == .string("none")
    default: false
    }
  }

  /// The same error with a place, unless it already has one.
  package func located(at place: SourceRange) -> ExpressionError {
    var error = self
    error.place = self.place ?? place
    return error
  }

  package enum Problem: Equatable, Sendable {
    // From the parser.
    case empty
    case missingValue
    case unexpected(String)
    case unclosedParenthesis
    case loneEquals
    case loneExclamation
    case chainedComparison
    case overflow(String)
    case nestedTooDeeply(limit: Int)
    // From the evaluation.
    case unknownFunction(String, nearest: String?)
    case notACondition(String, ExpressionValue, nearest: String?)
    case differentKinds(ExpressionValue, String, ExpressionValue, nearest: String?)
    case unordered(String, ExpressionValue, nearest: String?)
    case neverAnswered(String, String, answers: [String])
    case refused(message: String, hint: String)
  }
}

extension ExpressionError: Diagnostic {
  package var range: SourceRange { place ?? 0..<0 }

  /// What is wrong, in one line.
  package var message: String {
    switch problem {
    case .empty: "there is no condition"
    case .missingValue: "a value is missing here"
    case .unexpected(let text): "`\(excerpt(of: text))` does not fit here"
    case .unclosedParenthesis: "this `(` is never closed"
    case .loneEquals: "a single `=` compares nothing"
    case .loneExclamation: "a lone `!` means nothing here"
    case .chainedComparison: "a comparison has only two sides"
    case .overflow(let text): "the number `\(excerpt(of: text))` does not fit in 64 bits"
    case .nestedTooDeeply: "the expression is nested too deeply"
    case .unknownFunction(let name, _): "there is no function `\(excerpt(of: name))`"
    case .notACondition(let source, let value, _):
      "`\(source)` is \(value.kind), neither true nor false"
    case .differentKinds(let left, let comparison, let right, _):
      "`\(comparison)` cannot compare \(described(left)) with \(described(right))"
    case .unordered(let comparison, let value, _):
      "`\(comparison)` compares numbers only, and `\(shown(value))` is \(value.kind)"
    case .neverAnswered(let function, let word, _):
      "`\(function)` never returns `\(excerpt(of: word))`"
    case .refused(let message, _): message
    }
  }

  /// How to fix it.
  package var hint: String {
    switch problem {
    case .empty: "write one, such as state(3) == exited"
    case .missingValue: "write a number, a word, a name (tick) or a function (state(3))"
    case .unexpected: "compare with == != < <= > >=, and join conditions with and, or"
    case .unclosedParenthesis: "close it with )"
    case .loneEquals: "write == for equal"
    case .loneExclamation: "write not, or != for unequal"
    case .chainedComparison: "join two comparisons with and"
    case .overflow: "numbers go from \(Int.min) to \(Int.max)"
    case .nestedTooDeeply(let limit): "at most \(limit) levels are allowed"
    case .unknownFunction(_, let nearest?), .notACondition(_, _, let nearest?),
      .differentKinds(_, _, _, let nearest?), .unordered(_, _, let nearest?):
      "did you mean `\(nearest)`?"
    case .unknownFunction: "put the word in quotes if it is meant as text"
    case .notACondition: "compare it with something"
    case .differentKinds: "compare numbers with numbers, and words with words"
    case .unordered: "compare words with == or != only"
    case .neverAnswered(_, let word, let answers):
      Suggestion.question(for: word, among: answers)
        ?? "it returns \(answers.joined(separator: ", "))"
    case .refused(_, let hint): hint
    }
  }
}

private func described(_ value: ExpressionValue) -> String {
  "\(value.kind) (\(shown(value)))"
}

private func shown(_ value: ExpressionValue) -> String {
  excerpt(of: value.description)
}
