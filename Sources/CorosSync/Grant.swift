public import CorosKernel

/// What a task learns that takes a lock: nothing, most often.
public struct Grant: Hashable, Sendable {
  /// The task that ended while it held the lock, so that what the lock protects may be half changed.
  ///
  /// It is told once, to the next holder, whose decision it is what to do; nil for a lock given back in order.
  public let abandonedBy: TaskID?

  /// Makes a grant.
  public init(abandonedBy: TaskID? = nil) {
    self.abandonedBy = abandonedBy
  }
}

extension Grant: CustomStringConvertible {
  /// Whether the lock was given back in order.
  public var description: String {
    abandonedBy.map { "abandoned by task \($0)" } ?? "given back in order"
  }
}
