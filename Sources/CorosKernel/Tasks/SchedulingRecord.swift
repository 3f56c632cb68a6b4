/// What only some tasks have: parameters of their own, a late arrival, time spent stopped or switched to.
struct SchedulingRecord {
  var parameters = SchedulingParameters()
  /// When the task was created, if it arrives later.
  var creation: Tick?
  /// The ticks spent stopped; while it is so, less the tick at which that began.
  var stopped: Tick = 0
  /// The ticks in which the CPU was switched to it; while it is so, less the tick at which that began.
  var switching: Tick = 0
  var isSwitching = false
}
