import CorosKernel
import CorosLanguage
import CorosSession

extension Invocation {
  /// Reads an expression that is to be asked again and again while the machine runs.
  ///
  /// - Parameters:
  ///   - words: Those of the arguments that it is made of.
  ///   - isCondition: Whether it is to be true or false; else any value will do.
  ///   - scheduler: Asked once, so that what can never be answered is refused now.
  /// - Returns: The expression.
  /// - Throws: What is wrong with it, and where.
  func expression(
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
