/// How many requests the devices work on, and for how long there has been at least one.
struct DeviceUse {
  private(set) var requests = 0
  /// The requests of the shared device, in the order in which it serves them; those with devices of their own are
  /// in no queue.
  var queue = SlotQueue()
  /// The ticks with a request; while there is one, less the tick at which that began.
  private var busy: Tick = 0

  mutating func begin(at now: Tick) {
    if requests == 0 { busy -= now }
    requests += 1
  }

  mutating func end(at now: Tick) {
    requests -= 1
    if requests == 0 { busy += now }
  }

  func busyTicks(now: Tick) -> Tick {
    requests == 0 ? busy : max(0, busy + now)
  }
}
