/// Which task ran at each moment of a run, and what the clock showed, in little memory.
///
/// It is a reference, which the kernel fills while it runs: see `Scheduler.run(recording:limit:steps:until:endsWithCall:)`.
/// Observers may read it meanwhile.
package final class StepLog {
  // Not exclusivity-checked: each step touches them, and nothing that runs meanwhile changes them.
  /// Which task ran in each move; 0 where only the clock moved.
  @exclusivity(unchecked) package private(set) var choices: ChoiceLog
  /// The tick of each moment, including the first.
  @exclusivity(unchecked) package private(set) var ticks: TickLog

  /// Begins with no moves.
  package convenience init() {
    self.init(choices: ChoiceLog(), ticks: TickLog())
  }

  private init(choices: ChoiceLog, ticks: TickLog) {
    self.choices = choices
    self.ticks = ticks
  }

  /// The number of moves.
  package var count: Int { choices.count }

  /// Records a move.
  ///
  /// - Parameters:
  ///   - task: the task that ran; the operator where only the clock moved.
  ///   - now: the tick after it.
  @inline(__always)
  package func append(_ task: TaskID, until now: Tick) {
    choices.append(task)
    ticks.append(now)
  }

  /// A log of its own with the first moves; O(n) unless it is all of them.
  package func prefix(_ count: Int) -> StepLog {
    StepLog(choices: choices.prefix(count), ticks: ticks.through(count))
  }
}
