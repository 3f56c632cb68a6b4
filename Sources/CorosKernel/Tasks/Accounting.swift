/// Where a task's ticks went: the textbook's quantities.
///
/// From its creation to its end, or to now, each tick of a task is one of six: not yet arrived, running, waiting for
/// the CPU, being switched to, blocked, or stopped. They add up exactly; the turnaround is the sum of the last five.
public struct Accounting: Hashable, Sendable {
  /// When the task was created.
  public let creation: Tick
  /// When it arrived, or was to: at its creation, unless it was made to arrive later.
  public let arrival: Tick
  /// When it was first dispatched; nil if it never was.
  public let firstRun: Tick?
  /// When it ended; nil while it lives.
  public let end: Tick?
  /// How many dispatches it has had: its ticks of CPU.
  public let dispatches: Int
  /// The ticks spent ready and not running; while it is so, less the tick at which that began.
  let waited: Tick
  /// Whether it is ready and not running.
  let isWaitingForCPU: Bool
  /// The ticks spent stopped; while it is so, less the tick at which that began.
  let stoppedTicks: Tick
  /// Whether it is stopped.
  let isStopped: Bool
  /// The ticks in which the CPU was being switched to it; while it is so, less the tick at which that began.
  let switchingTicks: Tick
  /// Whether the CPU is being switched to it.
  let isSwitching: Bool

  /// From arrival to the first dispatch; nil if there was none.
  public var response: Tick? { firstRun.map { $0 - arrival } }

  /// Whether it ended before it arrived.
  ///
  /// Such a task belongs in no average.
  public var neverArrived: Bool { end.map { $0 < arrival } ?? false }

  /// From arrival to the end; nil while it lives, and if it never arrived.
  public var turnaround: Tick? { neverArrived ? nil : end.map { $0 - arrival } }

  /// The ticks spent ready and not running, up to now.
  ///
  /// - Parameter now: the present tick.
  /// - Returns: how many.
  public func wait(now: Tick) -> Tick {
    isWaitingForCPU ? waited + now : waited
  }

  /// The ticks spent stopped since its arrival, whatever else it waited for, up to now.
  ///
  /// - Parameter now: the present tick.
  /// - Returns: how many.
  public func stopped(now: Tick) -> Tick {
    isStopped ? stoppedTicks + max(now, arrival) : stoppedTicks
  }

  /// The ticks in which the CPU was being switched to it, up to now: see ``Hardware/switchTicks``.
  ///
  /// - Parameter now: the present tick.
  /// - Returns: how many.
  public func switching(now: Tick) -> Tick {
    isSwitching ? switchingTicks + now : switchingTicks
  }

  /// The ticks spent waiting for anything but the CPU, up to now.
  ///
  /// - Parameter now: the present tick.
  /// - Returns: how many.
  public func blocked(now: Tick) -> Tick {
    // A task is always in one of these states, so what is left of its time is the last.
    max(
      0,
      (end ?? now) - arrival - dispatches - wait(now: now) - stopped(now: now)
        - switching(now: now)
    )
  }

  /// The ticks before its arrival, up to now.
  ///
  /// - Parameter now: the present tick.
  /// - Returns: how many.
  public func absent(now: Tick) -> Tick {
    min(arrival, end ?? now) - creation
  }
}
