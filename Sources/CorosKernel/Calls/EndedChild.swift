/// A child that has ended.
public struct EndedChild: Hashable, Sendable, CustomStringConvertible {
  /// Which child.
  public let tid: TaskID
  /// How it ended.
  public let status: ExitStatus

  /// Makes the record of an end.
  public init(tid: TaskID, status: ExitStatus) {
    self.tid = tid
    self.status = status
  }

  /// The child and its status in words.
  public var description: String { "task \(tid): \(status)" }
}
