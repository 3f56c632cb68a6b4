import CorosKernel

/// What a task is doing in a tick, in the words of `ps`.
enum TimelineState: String, CaseIterable, Sendable {
  case running
  case ready
  case waiting
  case sleeping
  case stopped
  /// It is to arrive later.
  case new
}

/// Some ticks in a row in which a task does the same thing.
struct TimelineSpan: Equatable, Sendable {
  let state: TimelineState
  let from: Tick
  /// The tick after the last.
  let to: Tick
}

/// One task's way through time.
struct TimelineRow: Equatable, Sendable {
  let tid: TaskID
  let name: String
  /// Oldest first, none empty, no two of the same state next to each other without a gap.
  var spans: [TimelineSpan] = []
  var figures: TimelineFigures
}

/// What textbooks write beside a task's row, over the whole of its life up to now.
struct TimelineFigures: Equatable, Sendable {
  var arrival: Tick
  var firstRun: Tick?
  var end: Tick?
  /// The ticks spent ready and not running.
  var wait: Tick = 0

  var response: Tick? { firstRun.map { $0 - arrival } }
  var turnaround: Tick? { end.map { $0 - arrival } }
}
