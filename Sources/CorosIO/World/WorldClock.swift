import CorosKernel

/// What a tick is, where time is real.
public enum WorldClock: Hashable, Sendable {
  /// Nothing: the clock jumps when nothing is ready.
  case virtual
  /// So many nanoseconds: timers go off in real time, and the machine never runs ahead of it.
  case real(nanosecondsPerTick: UInt64)
}

/// Real time as ticks, beginning at any tick.
struct TickClock {
  private var base: (tick: Tick, nanoseconds: UInt64)?

  /// The tick of a time; the first time that it is asked, it is the given one.
  mutating func tick(_ length: UInt64, at nanoseconds: UInt64, from tick: Tick) -> Tick {
    guard let base else {
      base = (tick, nanoseconds)
      return tick
    }
    return base.tick + Tick((nanoseconds &- base.nanoseconds) / max(1, length))
  }

  /// Forgets the time that passes until it is asked again.
  mutating func restart() { base = nil }
}
