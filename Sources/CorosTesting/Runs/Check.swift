/// Fails the task that calls it unless a condition holds.
///
/// In a task of an exploration `#expect` speaks up at once and in each run anew; this fails the run, and the
/// exploration tells of it once, with the smallest schedule in which it happens.
///
/// - Parameters:
///   - condition: what must hold.
///   - text: what is wrong otherwise.
/// - Throws: `CheckFailed` when it does not hold.
public func check(_ condition: Bool, _ text: @autoclosure () -> String) throws(CheckFailed) {
  if !condition { throw CheckFailed(text: text()) }
}

/// That something does not hold which a task has checked.
public struct CheckFailed: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public let text: String

  /// What is wrong.
  public var description: String { text }
}
