import CorosInsight
import CorosInterpreter
package import CorosKernel
package import CorosLanguage

/// An expression that is evaluated again and again while the machine runs.
package struct MachineExpression {
  /// The expression as typed, fit for display.
  package let text: String
  private let expression: Expression
  /// The task whose state a bare number refers to.
  private var task: Int?

  /// Reads an expression.
  ///
  /// - Parameters:
  ///   - words: The words of the expression.
  ///   - line: The line that contains them.
  ///   - isCondition: Whether the value must be true or false; otherwise any value will do.
  ///   - scheduler: The machine for a first evaluation, so that an expression that can never have a value is
  ///     refused at once.
  /// - Throws: What is wrong with the expression, where, and the way out.
  package init(
    _ words: [Argument],
    in line: String,
    isCondition: Bool,
    _ scheduler: Scheduler
  ) throws(ExpressionError) {
    let end = words.last?.range.upperBound ?? 0
    let place = (words.first?.range.lowerBound ?? 0)..<end
    expression = try Expression(parsing: words, in: line)
    if !isCondition, case .value(.integer(let number)) = expression.root.kind, number > 0 {
      text = "state(\(number))"
      task = number
      return
    }
    text = excerpt(of: words.map(\.text).joined(separator: " "), limit: 200)
    guard expression.depends(on: MachineView(scheduler: scheduler)) else {
      throw ExpressionError(
        "`\(expression.source(at: place))` never changes",
        hint: "name something of the machine, such as tick, state(3) or count(ready)"
      )
      .located(at: place)
    }
    try check(isCondition, scheduler)
  }

  /// Evaluates once; a value that a task does not have yet is no error.
  private func check(_ isCondition: Bool, _ scheduler: Scheduler) throws(ExpressionError) {
    let view = MachineView(scheduler: scheduler)
    do throws(ExpressionError) {
      if isCondition {
        _ = try expression.verdict(in: view)
      } else {
        _ = try expression.value(in: view)
      }
    } catch {
      guard error.isAboutNone else { throw error }
    }
  }

  /// Whether the condition is true; false if it compares a value that does not exist yet.
  package func holds(_ scheduler: Scheduler) -> Bool {
    (try? expression.verdict(in: MachineView(scheduler: scheduler))) == .holds
  }

  /// The shared values that are all it looks at; nil where it looks at anything else.
  package func cells(on scheduler: Scheduler) -> Set<ObjectID>? {
    task == nil ? expression.cells(expression.root, scheduler) : nil
  }

  /// The value as text; `none` if there is none yet.
  package func value(_ scheduler: Scheduler) -> String {
    let view = MachineView(scheduler: scheduler)
    if let task { return (try? view.call("state", [.integer(task)]))?.description ?? "none" }
    return (try? expression.value(in: view))?.description ?? "none"
  }
}

extension Expression {
  /// The shared values that a part of the expression looks at; nil where it looks at anything else.
  fileprivate func cells(_ node: Node, _ scheduler: Scheduler) -> Set<ObjectID>? {
    switch node.kind {
    case .value: return []
    case .call: return nil
    case .word(let word):
      if word != "tick", let cells = scheduler.cells(named: word) { return cells }
      return MachineView(scheduler: scheduler).value(of: word) == nil ? [] : nil
    case .comparison(let left, _, let right), .arithmetic(let left, _, let right):
      return cells([left, right], scheduler)
    case .not(let part): return cells(part, scheduler)
    case .all(let parts), .any(let parts): return cells(parts, scheduler)
    }
  }

  private func cells(_ nodes: [Node], _ scheduler: Scheduler) -> Set<ObjectID>? {
    nodes.reduce([]) { known, node in
      known.flatMap { known in cells(node, scheduler).map(known.union) }
    }
  }

  /// Whether anything in the expression can change: a function, or a name of the environment.
  package func depends(on environment: some ExpressionEnvironment) -> Bool {
    depends(root, environment)
  }

  private func depends(_ node: Node, _ environment: some ExpressionEnvironment) -> Bool {
    switch node.kind {
    case .value: false
    case .word(let word): environment.value(of: word) != nil
    case .call: true
    case .comparison(let left, _, let right), .arithmetic(let left, _, let right):
      depends(left, environment) || depends(right, environment)
    case .not(let part): depends(part, environment)
    case .all(let parts), .any(let parts): parts.contains { depends($0, environment) }
    }
  }
}
