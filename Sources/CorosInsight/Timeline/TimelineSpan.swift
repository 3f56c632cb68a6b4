package import CorosKernel

/// What a task does in a tick, in the words of `ps`.
package enum TimelineState: String, CaseIterable, Sendable {
  case running
  case ready
  /// The CPU is being switched to it.
  case switching
  case waiting
  /// It waits for a lock.
  case locked
  case sleeping
  case stopped
  /// The task will arrive later.
  case new

  /// The name in a legend.
  package var legend: String {
    switch self {
    case .new: "not arrived"
    case .locked: "waiting for a lock"
    case .running, .ready, .switching, .waiting, .sleeping, .stopped: rawValue
    }
  }
}

/// Consecutive ticks in which a task does the same thing.
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

  /// The part within a range; nil if there is none.
  func cut(to range: Range<Tick>) -> TimelineSpan? {
    let (from, to) = (max(from, range.lowerBound), min(to, range.upperBound))
    return from < to ? TimelineSpan(state: state, from: from, to: to) : nil
  }
}

/// The states of one task over time.
package struct TimelineRow: Equatable, Sendable {
  package let tid: TaskID
  package let name: String
  /// Oldest first, none empty; two neighbours of the same state have a gap between them.
  package var spans: [TimelineSpan] = []
  package var figures: TimelineFigures
  /// Whether it can never go on: the run has ended in a deadlock.
  package var isDeadlocked = false
  /// The lines of its text that it ran; nil if nobody has looked.
  package var lines: [LineHistory.Step]?

  /// The mark at the end of the row, for an end within a range of ticks.
  package func mark(in range: Range<Tick>) -> TimelineMark? {
    if let end = figures.end, let ending = figures.ending {
      return end <= range.upperBound ? ending : nil
    }
    return isDeadlocked ? .deadlock : nil
  }

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

/// What ends a row.
package enum TimelineMark: String, CaseIterable, Sendable {
  case exited
  case killed
  case failed
  case deadlock

  /// The name in a legend.
  package var legend: String { self == .exited ? "ended" : rawValue }
}

/// The figures that textbooks write beside a task's row, over its whole life up to now.
package struct TimelineFigures: Equatable, Sendable {
  var arrival: Tick
  /// Whether the task arrived before it ended.
  var hasArrived = true
  var firstRun: Tick?
  package internal(set) var end: Tick?
  /// How it has ended.
  package internal(set) var ending: TimelineMark?
  /// The ticks in which the task was ready and did not run.
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
    ending: TimelineMark? = nil,
    wait: Tick = 0
  ) {
    self.arrival = arrival
    self.firstRun = firstRun
    self.end = end
    self.ending = ending
    self.wait = wait
  }

  /// Counts some ticks in which it did the same thing.
  package mutating func count(_ ticks: Tick, _ state: TimelineState) {
    switch state {
    case .running: run += ticks
    case .ready: wait += ticks
    case .waiting, .locked, .sleeping: blocked += ticks
    case .stopped: stopped += ticks
    case .switching: switching += ticks
    case .new: break
    }
  }

  package var response: Tick? { firstRun.map { $0 - arrival } }
  package var turnaround: Tick? { hasArrived ? end.map { $0 - arrival } : nil }
}
