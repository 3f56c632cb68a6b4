/// A task's number: counted from 1 in each scheduler, and never reused.
public struct TaskID: Hashable, Comparable, Sendable, RawRepresentable, ExpressibleByIntegerLiteral
{
  /// The number itself.
  public let rawValue: Int

  /// Makes the id with the given number, whether or not such a task exists.
  public init(rawValue: Int) {
    self.rawValue = rawValue
  }

  /// Lets a literal stand for an id, as in `KillTask(3)`.
  public init(integerLiteral value: Int) {
    self.rawValue = value
  }

  /// The person or script outside: it makes system calls like a task, but is never scheduled.
  public static let `operator`: TaskID = 0

  /// Whether the first id is the smaller number, that is, the older task.
  public static func < (left: TaskID, right: TaskID) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension TaskID: CustomStringConvertible {
  /// The number in decimal digits.
  public var description: String { String(rawValue) }
}
