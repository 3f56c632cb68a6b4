/// What the machine is made of, as far as it costs time.
public struct Hardware: Hashable, Sendable {
  /// How many ticks a context switch costs.
  ///
  /// They pass when the CPU goes from one task to another, before the other runs: no task runs, timers expire and
  /// tasks arrive, and a preemptive policy may still put another task first, which begins another switch. For the
  /// task that is switched to they are neither run nor wait, but part of its turnaround; for all others that are
  /// ready they are wait. The first task of a run, and one that had the CPU last, costs nothing.
  public var switchTicks: Tick
  /// Which I/O devices there are.
  public var device: Device

  /// Which I/O devices there are.
  public enum Device: String, Hashable, Sendable, CaseIterable {
    /// One for each request, so none waits for another.
    case own
    /// One for all, which serves requests in the order in which they came.
    case shared
  }

  /// Makes the hardware; a cost below 0 counts as 0.
  public init(switchTicks: Tick = 0, device: Device = .own) {
    self.switchTicks = max(0, switchTicks)
    self.device = device
  }
}

extension Scheduler {
  /// What the machine is made of.
  ///
  /// Default: switches cost nothing, and each request has a device of its own.
  ///
  /// A change holds for what begins after it: requests that wait keep their places, and a context switch that is
  /// in progress begins anew if its cost has changed.
  public var hardware: Hardware {
    get { state.hardware }
    set { entering { state.use(newValue) } }
  }

  /// The ticks that context switches have cost.
  public var switchingTicks: Tick { state.cpu.switchingTicks }
}
