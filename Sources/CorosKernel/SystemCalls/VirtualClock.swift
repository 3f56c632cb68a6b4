/// A scheduler's virtual clock, for code that is written for any `Clock`.
///
/// ```swift
/// let start = os.clock.now
/// try await os.clock.sleep(for: Ticks(5))
/// let passed = start.duration(to: os.clock.now)  // 5 ticks
/// ```
///
/// Tasks may read it at any time, without a system call: it is the tick of the present step. To sleep by it is the call
/// `SleepUntil`. Only the tasks of its scheduler can use it.
public struct VirtualClock: Clock {
  /// A tick of virtual time.
  public struct Instant: InstantProtocol {
    /// The tick.
    public let tick: Tick

    /// Makes the instant of a tick.
    public init(tick: Tick) {
      self.tick = tick
    }

    /// The instant so many ticks later; the last there is when that is beyond the clock's range.
    public func advanced(by duration: Ticks) -> Instant {
      let (sum, overflow) = tick.addingReportingOverflow(duration.count)
      return Instant(tick: overflow ? (duration.count < 0 ? .min : .max) : sum)
    }

    /// How many ticks later the other one is.
    public func duration(to other: Instant) -> Ticks { Ticks(other.tick - tick) }

    /// Whether the first comes before the second.
    public static func < (left: Instant, right: Instant) -> Bool { left.tick < right.tick }
  }

  let host: CoroutineHost

  /// The tick of the present step.
  public var now: Instant { Instant(tick: host.readTick()) }

  /// A tick.
  public var minimumResolution: Ticks { Ticks(1) }

  /// Waits for an instant, as `SleepUntil` does; a tolerance changes nothing.
  public func sleep(until deadline: Instant, tolerance: Ticks? = nil) async throws {
    try await SystemInterface(host: host).call(SleepUntil(deadline.tick))
  }
}

/// A length of virtual time.
public struct Ticks: DurationProtocol, Hashable {
  /// How many ticks.
  public let count: Tick

  /// Makes a length of so many ticks.
  public init(_ count: Tick) {
    self.count = count
  }

  /// No time.
  public static var zero: Ticks { Ticks(0) }

  /// Both together.
  public static func + (left: Ticks, right: Ticks) -> Ticks { Ticks(left.count + right.count) }

  /// The first without the second.
  public static func - (left: Ticks, right: Ticks) -> Ticks { Ticks(left.count - right.count) }

  /// A part of it, in whole ticks.
  public static func / (ticks: Ticks, divisor: Int) -> Ticks { Ticks(ticks.count / divisor) }

  /// So many times as long.
  public static func * (ticks: Ticks, factor: Int) -> Ticks { Ticks(ticks.count * factor) }

  /// How many times longer the first is.
  public static func / (left: Ticks, right: Ticks) -> Double {
    Double(left.count) / Double(right.count)
  }

  /// Whether the first is shorter.
  public static func < (left: Ticks, right: Ticks) -> Bool { left.count < right.count }
}

extension Ticks: CustomStringConvertible {
  /// The number, and what it counts.
  public var description: String { count == 1 ? "1 tick" : "\(count) ticks" }
}

extension SystemInterface {
  /// The virtual clock of the task's scheduler.
  public var clock: VirtualClock { VirtualClock(host: host) }
}
