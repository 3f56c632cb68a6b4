/// What only some tasks have: parameters of their own, an arrival after their creation, time spent stopped.
final class SchedulingRecord {
  @exclusivity(unchecked) var parameters = SchedulingParameters()
  /// When the task was created, if it arrives later.
  @exclusivity(unchecked) var creation: Tick?
  /// The ticks spent ready and stopped; while it is so, less the tick at which that began.
  @exclusivity(unchecked) var stopped: Tick = 0

  init() {}

  init(copying other: SchedulingRecord) {
    parameters = other.parameters
    creation = other.creation
    stopped = other.stopped
  }
}
