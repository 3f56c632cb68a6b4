/// How a recorded run ended: see `Scheduler.run(recording:limit:steps:until:endsWithCall:)`.
package struct RecordedRun {
  /// The result of its last move.
  package let result: StepResult
  /// The tick before that move.
  package let tick: Tick
  /// Whether that move may have changed something even if no task ran in it.
  package let mayChangeByTime: Bool
}
