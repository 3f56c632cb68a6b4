package import CorosKernel
package import CorosLanguage
package import CorosSession

extension Invocation {
  /// Reads an expression that is evaluated again and again while the machine runs.
  ///
  /// - Parameters:
  ///   - words: The arguments that form the expression.
  ///   - isCondition: Whether the value must be true or false; otherwise any value will do.
  ///   - scheduler: The machine for a first evaluation, so that an expression that can never have a value is
  ///     refused at once.
  /// - Returns: The expression.
  /// - Throws: What is wrong with it, and where.
  package func expression(
    _ words: [Argument],
    isCondition: Bool,
    _ scheduler: Scheduler
  ) throws(CommandFailure) -> MachineExpression {
    do throws(ExpressionError) {
      return try MachineExpression(words, in: line, isCondition: isCondition, scheduler)
    } catch {
      throw CommandFailure(error)
    }
  }
}
