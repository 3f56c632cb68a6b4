import CorosHistory
package import CorosIO
package import CorosKernel

// What can be asked of the world outside.

extension Session {
  /// The handles that are open, in the order in which they were opened.
  package var handles: [HandleInfo] { scheduler.handles }

  /// The most handles that may be open; nil in a sandbox.
  package var handleLimit: Int? { world.map { scheduler.handleLimit ?? $0.firstHandleLimit } }

  /// Sets the most handles that may be open: an act.
  ///
  /// - Throws: If the machine has no world.
  package func setHandleLimit(_ limit: Int) throws(RequestFailure) {
    do {
      try machine.perform(SetHandleLimit(limit), label: "limit handles \(limit)")
    } catch {
      throw .refused(String(describing: error))
    }
    live.wake()
  }

  /// Whether so much has come in that no more can be recorded: the machine stops, as half a recording repeats nothing.
  var isRecordingFull: Bool { world?.isTapeFull == true && machine.ahead == 0 }

  static let fullRecording =
    "what came in fills the recording, so the machine stopped: `limit recording` sets its size"

  /// Runs for a short while in real time, without waiting for the world.
  ///
  /// - Parameter condition: Asked every few steps; true ends it.
  /// - Returns: Why nothing more can run; nil when it only is to be called again.
  package func runInRealTime(until condition: () -> Bool) -> RunOutcome? {
    world?.countsPauses = true
    defer { world?.countsPauses = false }
    if isRecordingFull { return .failedCheck(Self.fullRecording) }
    var before = (moment: machine.moment, tick: scheduler.now)
    let outcome = machine.run(polling: .every(movesBetweenPolls, or: bell)) { scheduler in
      defer { before = (machine.moment, scheduler.now) }
      return condition() || violation != nil || before == (machine.moment, scheduler.now)
    }
    switch outcome {
    case .conditionMet: return violation.map { .failedCheck($0) }
    default: return outcome
    }
  }
}
