// Running for a time machine. The loop is here, not there, because the compiler inlines nothing of what a step
// costs across the border of a module.

extension Scheduler {
  /// Runs tasks and records each step.
  ///
  /// A move in which no task runs ends the run, and is not recorded.
  ///
  /// - Parameters:
  ///   - log: gets the steps.
  ///   - limit: the tick at which the run ends; the clock does not pass it.
  ///   - steps: the most steps, at least 1.
  ///   - bell: ends the run after the step in which it is rung.
  ///   - endsWithCall: whether the answer to the operator's call ends the run.
  /// - Returns: how it ended.
  package func run(
    recording log: StepLog,
    limit: Tick,
    steps: Int,
    until bell: Doorbell?,
    endsWithCall: Bool
  ) -> RecordedRun {
    entering {
      var left = steps
      while true {
        let (tick, mayChangeByTime) = (state.now, state.mayChangeByTime)
        let result = advance(limit: limit)
        if case .dispatched(let task) = result {
          log.append(task, until: state.now)
          left &-= 1
          if left > 0, state.now < limit, bell?.isRung != true, !endsWithCall || isOperatorWaiting {
            continue
          }
        }
        return RecordedRun(result: result, tick: tick, mayChangeByTime: mayChangeByTime)
      }
    }
  }
}
