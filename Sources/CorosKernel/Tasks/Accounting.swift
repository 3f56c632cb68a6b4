/// Where a task's ticks went: the textbook's quantities.
public struct Accounting: Hashable, Sendable {
  /// When the task was created.
  public let arrival: Tick
  /// When it was first dispatched; nil if it never was.
  public let firstRun: Tick?
  /// When it ended; nil while it lives.
  public let end: Tick?
  /// How many dispatches it has had: its ticks of CPU.
  public let dispatches: Int
  /// The ticks it has spent ready and not running, or, while it is so, that less the present tick.
  let waited: Tick
  /// Whether it is ready and not running.
  let isWaitingForCPU: Bool

  /// From arrival to the first dispatch; nil if there was none.
  public var response: Tick? { firstRun.map { $0 - arrival } }

  /// From arrival to the end; nil while it lives.
  public var turnaround: Tick? { end.map { $0 - arrival } }

  /// The ticks spent ready and not running, up to now.
  ///
  /// - Parameter now: the present tick.
  /// - Returns: how many.
  public func wait(now: Tick) -> Tick {
    isWaitingForCPU ? waited + now : waited
  }
}
