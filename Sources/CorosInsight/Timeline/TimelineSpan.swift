package import CorosKernel

/// What a task is doing in a tick, in the words of `ps`.
package enum TimelineState: String, CaseIterable, Sendable {
  case running
  case ready
  /// The CPU is being switched to it.
  case switching
  case waiting
  case sleeping
  case stopped
  /// It is to arrive later.
  case new

  /// What a legend calls it.
  package var legend: String { self == .new ? "not arrived" : rawValue }
}

/// Some ticks in a row in which a task does the same thing.
package struct TimelineSpan: Equatable, Sendable {
  package let state: TimelineState
  package let from: Tick
  /// The tick after the last.
  package let to: Tick

  package init(
    state: TimelineState,
    from: Tick,
    to: Tick
  ) {
    self.state = state
    self.from = from
    self.to = to
  }

  /// What of it lies within a range; nil when nothing does.
  func cut(to range: Range<Tick>) -> TimelineSpan? {
    let (from, to) = (max(from, range.lowerBound), min(to, range.upperBound))
    return from < to ? TimelineSpan(state: state, from: from, to: to) : nil
  }
}

/// One task's way through time.
package struct TimelineRow: Equatable, Sendable {
  package let tid: TaskID
  package let name: String
  /// Oldest first, none empty, no two of the same state next to each other without a gap.
  package var spans: [TimelineSpan] = []
  package var figures: TimelineFigures

  package init(
    tid: TaskID,
    name: String,
    spans: [TimelineSpan] = [],
    figures: TimelineFigures
  ) {
    self.tid = tid
    self.name = name
    self.spans = spans
    self.figures = figures
  }
}

/// What textbooks write beside a task's row, over the whole of its life up to now.
package struct TimelineFigures: Equatable, Sendable {
  var arrival: Tick
  /// Whether it arrived before it ended.
  var hasArrived = true
  var firstRun: Tick?
  var end: Tick?
  /// The ticks spent ready and not running.
  package var wait: Tick = 0
  /// Its ticks of CPU.
  package var run: Tick = 0
  /// The ticks spent waiting for anything else, or asleep.
  package var blocked: Tick = 0
  /// The ticks spent stopped.
  package var stopped: Tick = 0
  /// The ticks in which the CPU was switched to it.
  package var switching: Tick = 0

  package init(
    arrival: Tick,
    firstRun: Tick? = nil,
    end: Tick? = nil,
    wait: Tick = 0
  ) {
    self.arrival = arrival
    self.firstRun = firstRun
    self.end = end
    self.wait = wait
  }

  /// Counts some ticks in which it did the same thing.
  mutating func count(_ ticks: Tick, _ state: TimelineState) {
    switch state {
    case .running: run += ticks
    case .ready: wait += ticks
    case .waiting, .sleeping: blocked += ticks
    case .stopped: stopped += ticks
    case .switching: switching += ticks
    case .new: break
    }
  }

  package var response: Tick? { firstRun.map { $0 - arrival } }
  package var turnaround: Tick? { hasArrived ? end.map { $0 - arrival } : nil }
}
