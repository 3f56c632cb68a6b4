/// What only some tasks have: parameters of their own, an arrival after their creation, time spent stopped.
struct SchedulingRecord {
  var parameters = SchedulingParameters()
  /// When the task was created, if it arrives later.
  var creation: Tick?
  /// The ticks spent ready and stopped; while it is so, less the tick at which that began.
  var stopped: Tick = 0
}
