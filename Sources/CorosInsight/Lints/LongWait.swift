package import CorosKernel
import CorosLanguage

/// The longest time for which a task was ready and did not run, with nothing in between.
package struct LongWait: Hashable {
  package let task: TaskID
  package let from: Tick
  /// The tick at which it ran, or stopped being ready; the present one where it still waits.
  package let to: Tick

  /// How long it was.
  package var ticks: Tick { to - from }

  /// Shorter waits starve nobody, however short the run is.
  package static let shortest: Tick = 50

  /// Whether the task starved, by the length of the run: it waited for half of it or more.
  ///
  /// - Parameter now: The present tick.
  /// - Returns: Whether it did.
  package func isStarvation(at now: Tick) -> Bool {
    ticks >= Self.shortest && ticks >= now - ticks
  }

  /// The wait as a clause: `was ready for 900 ticks on end, from tick 0 to 900, and did not run`.
  package var words: String {
    "was ready for \(counted(ticks, "tick")) on end, from tick \(from) to \(to), and did not run"
  }
}

extension TimelineRecorder {
  /// The longest wait for the CPU of each task that waited, the longest of all first; O(changes kept).
  ///
  /// - Parameter now: The present tick.
  /// - Returns: One for each task; of equal ones the earlier comes first, and then that of the older task.
  package func longestWaits(now: Tick) -> [LongWait] {
    var longest: [TaskID: LongWait] = [:]
    tellSpans(until: now) { task, span in
      guard span.state == .ready else { return }
      let wait = LongWait(task: task, from: span.from, to: span.to)
      if wait.ticks > longest[task]?.ticks ?? 0 { longest[task] = wait }
    }
    return longest.values.sorted {
      (-$0.ticks, $0.from, $0.task) < (-$1.ticks, $1.from, $1.task)
    }
  }
}
