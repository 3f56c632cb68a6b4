package import CorosKernel

/// Where the ticks of a part of the past went, as far as the timeline remembers.
package struct RangeMetrics {
  /// The ticks that are measured.
  package let range: Range<Tick>
  /// The tasks that existed in it, by id.
  package let tasks: [Task]

  /// What one task did.
  package struct Task {
    package let tid: TaskID
    package let name: String
    /// The ticks in each state.
    package fileprivate(set) var figures = TimelineFigures(arrival: 0)
    /// The longest time for which it was ready and did not run; nil if it always ran at once.
    package fileprivate(set) var longestWait: Wait?
  }

  /// An unbroken stretch in which a task was ready and did not run.
  package struct Wait {
    package let tid: TaskID
    package let name: String
    package let from: Tick
    /// The tick after the last.
    package let to: Tick

    package var ticks: Tick { to - from }
  }

  /// Measures a range, in O(changes stored).
  ///
  /// - Parameters:
  ///   - timeline: What the tasks did.
  ///   - range: The ticks; those that are forgotten, or have not come, are left out.
  ///   - now: The present tick.
  ///   - chosen: The only task to measure; nil for all.
  package init(
    _ timeline: TimelineRecorder,
    _ range: Range<Tick>,
    now: Tick,
    of chosen: TaskID? = nil
  ) {
    let from = min(max(range.lowerBound, timeline.horizon), now)
    self.range = from..<max(from, min(range.upperBound, now))
    let tids = chosen.map { [$0] } ?? timeline.tasks(in: self.range, now: now)
    tasks = timeline.rows(of: tids, in: self.range, now: now).map { row in
      var task = Task(tid: row.tid, name: row.name)
      for span in row.spans { task.figures.count(span.to - span.from, span.state) }
      task.longestWait = Self.waits(in: row).max { $0.ticks < $1.ticks }
      return task
    }
  }

  /// The unbroken stretches in which a task was ready and did not run.
  private static func waits(in row: TimelineRow) -> [Wait] {
    row.spans.filter { $0.state == .ready }.map {
      Wait(tid: row.tid, name: row.name, from: $0.from, to: $0.to)
    }
  }

  /// The number of ticks.
  package var ticks: Tick { range.upperBound - range.lowerBound }

  /// The ticks in which a task ran.
  package var busyTicks: Tick { tasks.reduce(0) { $0 + $1.figures.run } }

  /// How many tasks were ready and did not run, on average.
  package var averageReady: Rounded {
    let waited = tasks.reduce(0) { $0 + $1.figures.wait }
    return Rounded(ticks == 0 ? nil : Double(waited) / Double(ticks), places: 2)
  }

  /// The share of the CPU that a task had.
  package func share(of task: Task) -> Rounded {
    Rounded(ticks == 0 ? nil : Double(task.figures.run) / Double(ticks), places: 4)
  }

  /// The longest waits for the CPU, longest first, and who had the CPU meanwhile, most first.
  ///
  /// - Parameters:
  ///   - timeline: What the tasks did.
  ///   - range: The ticks.
  ///   - now: The present tick.
  ///   - chosen: The only task whose waits count; nil for all.
  ///   - most: The maximum number of waits.
  /// - Returns: The waits, each with those who ran.
  package static func longestWaits(
    _ timeline: TimelineRecorder,
    _ range: Range<Tick>,
    now: Tick,
    of chosen: TaskID?,
    most: Int
  ) -> [(wait: Wait, runners: [(task: TaskID, ticks: Tick)])] {
    let rows = timeline.rows(of: timeline.tasks(in: range, now: now), in: range, now: now)
    let waits = rows.filter { chosen == nil || $0.tid == chosen }.flatMap(waits)
    let longest = waits.sorted { ($1.ticks, $0.from, $0.tid) < ($0.ticks, $1.from, $1.tid) }
    return longest.prefix(most).map { wait in
      var runners: [TaskID: Tick] = [:]
      for row in rows {
        for span in row.spans where span.state == .running {
          let ticks = min(span.to, wait.to) - max(span.from, wait.from)
          if ticks > 0 { runners[row.tid, default: 0] += ticks }
        }
      }
      let sorted = runners.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      return (wait, sorted.map { ($0.key, $0.value) })
    }
  }
}
