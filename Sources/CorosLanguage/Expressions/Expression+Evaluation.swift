extension Expression {
  /// Whether a condition holds, and if not, why.
  package enum Verdict: Equatable, Sendable {
    case holds
    case fails(Explanation)
  }

  /// Why a condition fails.
  ///
  /// Worded on demand only, since a breakpoint's condition fails at nearly every step.
  package struct Explanation: Equatable, Sendable, CustomStringConvertible {
    package let expression: Expression
    /// One reason; for `or`, one for each alternative.
    package let reasons: [Reason]

    /// Such as `` `state(3) == exited` failed: left is `running`, right is `exited` ``.
    package var description: String {
      reasons.map { $0.description(in: expression) }.joined(separator: "; ")
    }
  }

  /// The part of a condition that made it fail.
  package enum Reason: Equatable, Sendable {
    case comparison(SourceRange, left: ExpressionValue, right: ExpressionValue)
    case isFalse(SourceRange)
    case holds(SourceRange, not: SourceRange)

    func description(in expression: Expression) -> String {
      switch self {
      case .comparison(let range, let left, let right):
        let left = excerpt(of: left.description, limit: 200)
        let right = excerpt(of: right.description, limit: 200)
        return "`\(expression.source(at: range))` failed: left is `\(left)`, right is `\(right)`"
      case .isFalse(let range):
        return "`\(expression.source(at: range))` is false"
      case .holds(let range, let not):
        return "`\(expression.source(at: not))` failed: `\(expression.source(at: range))` is true"
      }
    }
  }

  /// Decides whether the condition holds.
  ///
  /// `and` and `or` short-circuit.
  package func verdict(
    in environment: some ExpressionEnvironment
  ) throws(ExpressionError) -> Verdict {
    let evaluation = Evaluation(expression: self, environment: environment)
    let reasons = try evaluation.objections(to: root)
    return reasons.isEmpty ? .holds : .fails(Explanation(expression: self, reasons: reasons))
  }

  /// The value of the whole expression; for a condition, whether it holds.
  package func value(
    in environment: some ExpressionEnvironment
  ) throws(ExpressionError) -> ExpressionValue {
    try Evaluation(expression: self, environment: environment).value(of: root)
  }
}

/// One walk over the tree of an expression.
///
/// The parser limits its depth.
private struct Evaluation<Environment: ExpressionEnvironment> {
  let expression: Expression
  let environment: Environment

  /// The reasons why a condition fails; empty if it holds.
  func objections(to node: Expression.Node) throws(ExpressionError) -> [Expression.Reason] {
    switch node.kind {
    case .all(let parts):
      for part in parts {
        let objections = try objections(to: part)
        if !objections.isEmpty { return objections }
      }
      return []
    case .any(let parts):
      var all: [Expression.Reason] = []
      for part in parts {
        let objections = try objections(to: part)
        if objections.isEmpty { return [] }
        all += objections
      }
      return all
    case .not(let part):
      let holds = try objections(to: part).isEmpty
      return holds ? [.holds(part.range, not: node.range)] : []
    case .comparison(let left, let comparison, let right):
      let (leftValue, rightValue) = (try value(of: left), try value(of: right))
      try check(rightValue, of: right, asAnswerTo: left)
      try check(leftValue, of: left, asAnswerTo: right)
      let holds = try compare(leftValue, comparison, rightValue, at: node)
      return holds ? [] : [.comparison(node.range, left: leftValue, right: rightValue)]
    case .value, .word, .call, .arithmetic:
      let value = try value(of: node)
      guard case .truth(let truth) = value else {
        let source = expression.source(at: node.range)
        throw ExpressionError(
          .notACondition(source, value, nearest: nearest(to: node)),
          at: node.range
        )
      }
      return truth ? [] : [.isFalse(node.range)]
    }
  }

  func value(of node: Expression.Node) throws(ExpressionError) -> ExpressionValue {
    switch node.kind {
    case .value(let value):
      return value
    case .word(let word):
      return environment.value(of: word) ?? .string(word)
    case .call(let function, let arguments):
      guard environment.functions.contains(function) else {
        let nearest = Suggestion.nearest(to: function, among: environment.functions).first
        throw ExpressionError(.unknownFunction(function, nearest: nearest), at: node.range)
      }
      var values: [ExpressionValue] = []
      for argument in arguments { values.append(try value(of: argument)) }
      do throws(ExpressionError) {
        return try environment.call(function, values)
      } catch {
        throw error.located(at: node.range)
      }
    case .arithmetic(let left, let sign, let right):
      return try calculate(value(of: left), sign, value(of: right), at: node)
    case .comparison, .not, .all, .any:
      return .truth(try objections(to: node).isEmpty)
    }
  }

  private func calculate(
    _ left: ExpressionValue,
    _ sign: Expression.Arithmetic,
    _ right: ExpressionValue,
    at node: Expression.Node
  ) throws(ExpressionError) -> ExpressionValue {
    if case .integer(let left) = left, case .integer(let right) = right {
      if right == 0, sign == .dividedBy || sign == .modulo {
        throw ExpressionError("there is no number that is something divided by 0")
          .located(at: node.range)
      }
      let (result, overflows) = sign.apply(left, right)
      if overflows {
        throw ExpressionError(.overflow(expression.source(at: node.range)), at: node.range)
      }
      return .integer(result)
    }
    guard let leftNumber = left.number, let rightNumber = right.number else {
      let wrong = left.number == nil ? left : right
      throw ExpressionError(
        "`\(sign.rawValue)` calculates with numbers, and `\(excerpt(of: wrong.description))` is \(wrong.kind)",
        hint: nearest(to: node).map { "did you mean `\($0)`?" } ?? "name a number on both sides"
      )
      .located(at: node.range)
    }
    return .decimal(sign.apply(leftNumber, rightNumber))
  }

  /// Rejects comparing a function with a word that it never returns: such a condition has no meaning.
  private func check(
    _ value: ExpressionValue,
    of node: Expression.Node,
    asAnswerTo other: Expression.Node
  ) throws(ExpressionError) {
    if case .call = node.kind { return }
    guard case .call(let function, _) = other.kind, case .string(let word) = value,
      let answers = environment.answers(of: function), !answers.contains(word)
    else { return }
    throw ExpressionError(.neverAnswered(function, word, answers: answers), at: node.range)
  }

  private func compare(
    _ left: ExpressionValue,
    _ comparison: Expression.Comparison,
    _ right: ExpressionValue,
    at node: Expression.Node
  ) throws(ExpressionError) -> Bool {
    switch (left, right) {
    case (.integer(let left), .integer(let right)):
      return comparison.holds(left, right)
    case (.integer, .decimal), (.decimal, .integer), (.decimal, .decimal):
      return comparison.holds(left.number ?? 0, right.number ?? 0)
    case (.string, .string), (.truth, .truth):
      if comparison == .equal { return left == right }
      if comparison == .unequal { return left != right }
      throw ExpressionError(
        .unordered(comparison.rawValue, left, nearest: nearest(to: node)),
        at: node.range
      )
    default:
      // A function may return a number at one time and a word at another: the two are unequal.
      if [.equal, .unequal].contains(comparison), isAnswer(left, right, in: node) {
        return comparison == .unequal
      }
      throw ExpressionError(
        .differentKinds(left, comparison.rawValue, right, nearest: nearest(to: node)),
        at: node.range
      )
    }
  }

  /// Whether one side is a function that can return the word on the other side.
  private func isAnswer(
    _ left: ExpressionValue,
    _ right: ExpressionValue,
    in node: Expression.Node
  ) -> Bool {
    guard case .comparison(let first, _, let second) = node.kind else { return false }
    return [(first, right), (second, left)].contains { side, value in
      guard case .call(let function, _) = side.kind, case .string(let word) = value else {
        return false
      }
      return environment.answers(of: function)?.contains(word) == true
    }
  }

  /// The known name nearest to a word that stands for itself, on either side of a comparison.
  private func nearest(to node: Expression.Node) -> String? {
    switch node.kind {
    case .word(let word) where environment.value(of: word) == nil:
      return Suggestion.nearest(to: word, among: environment.names).first
    case .comparison(let left, _, let right), .arithmetic(let left, _, let right):
      return nearest(to: left) ?? nearest(to: right)
    default:
      return nil
    }
  }
}

extension Expression.Comparison {
  fileprivate func holds<Number: Comparable>(_ left: Number, _ right: Number) -> Bool {
    switch self {
    case .equal: left == right
    case .unequal: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}

extension Expression.Arithmetic {
  /// The result, which counts only if there was no overflow; division truncates toward zero.
  fileprivate func apply(_ left: Int, _ right: Int) -> (partialValue: Int, overflow: Bool) {
    switch self {
    case .plus: left.addingReportingOverflow(right)
    case .minus: left.subtractingReportingOverflow(right)
    case .times: left.multipliedReportingOverflow(by: right)
    case .dividedBy: left.dividedReportingOverflow(by: right)
    case .modulo: left.remainderReportingOverflow(dividingBy: right)
    }
  }

  fileprivate func apply(_ left: Double, _ right: Double) -> Double {
    switch self {
    case .plus: left + right
    case .minus: left - right
    case .times: left * right
    case .dividedBy: left / right
    case .modulo: left.truncatingRemainder(dividingBy: right)
    }
  }
}
