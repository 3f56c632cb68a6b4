package import CorosKernel

// What comes in from outside: recorded, so that it comes again at the same moment.

extension TimeMachine {
  /// Lets in what has come, as one act for each object.
  package func admit(_ arrivals: [Arrival]) {
    for arrival in arrivals {
      guard let line = scheduler.wakeSource?.line(for: arrival, on: scheduler) else { continue }
      scheduler.admit([arrival])
      noteAdvance()
      history.append(
        History.Action(
          moment: moment,
          label: line,
          kind: .act,
          note: nil,
          failure: nil,
          redo: { scheduler in
            scheduler.admit([arrival])
            return nil
          }
        )
      )
      journal.append(.incoming(IncomingLine(line), at: moment))
      watch?.noteAct()
    }
  }

  /// Lets in what has come, without waiting for it; along a recorded run all that came is recorded.
  func admitWithoutWaiting() {
    guard ahead == 0, let source = scheduler.wakeSource, source.isActive else { return }
    admit(source.collect(waits: false, until: nil))
  }

  /// A round of a run in which the world takes part: a few moves, or a short wait.
  ///
  /// - Parameters:
  ///   - serving: how the run takes turns with the world; nil before its first round.
  ///   - source: the world.
  ///   - limit: the tick that the clock must not pass.
  ///   - polling: how often the run asks its condition.
  ///   - endsWithCall: whether the answer to the operator's call ends it.
  /// - Returns: why the run is over; nil when it goes on.
  func round(
    _ serving: inout Serving?,
    _ source: any WakeSource,
    limit: Tick,
    _ polling: Polling,
    endsWithCall: Bool = false
  ) -> RunOutcome? {
    var turn = serving ?? Serving(source, from: scheduler.now, limit: limit)
    defer { serving = turn }
    let few = Polling.every(min(polling.moves, Serving.steps), or: polling.bell)
    return turn.round(
      on: scheduler,
      move: { extend(limit: $0, few, endsWithCall: endsWithCall) },
      admit: { admit($0) }
    )
  }
}
