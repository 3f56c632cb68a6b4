public import CorosKernel

/// How often a run asks its condition: the more seldom, the less a step costs.
public struct Polling {
  /// The most moves between two questions.
  let moves: Int
  /// Has the condition asked after the move in which it is rung.
  let bell: Doorbell?

  /// After each move.
  public static var everyMove: Polling { every(1) }

  /// After a number of moves at the latest.
  ///
  /// A move along the recorded future, or with breakpoints enabled, is always followed by a question.
  ///
  /// - Parameters:
  ///   - moves: the number, at least 1.
  ///   - bell: an observer rings it to have the condition asked after the move in progress; the question answers
  ///     it.
  /// - Returns: the polling.
  public static func every(_ moves: Int, or bell: Doorbell? = nil) -> Polling {
    Polling(moves: max(1, moves), bell: bell)
  }
}
