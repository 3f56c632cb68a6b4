/// A child that has ended.
public struct EndedChild: Hashable, Sendable, CustomStringConvertible {
  /// Which child.
  public let tid: TaskID
  /// How it ended.
  public let status: ExitStatus

  /// The child and its status in words.
  public var description: String { "task \(tid): \(status)" }
}
