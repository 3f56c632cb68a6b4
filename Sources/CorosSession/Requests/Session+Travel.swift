package import CorosHistory
import CorosIO
package import CorosKernel

extension Session {
  /// Goes to another moment, and ends live mode, which would leave that moment at once.
  ///
  /// - Parameter journey: Moves the machine.
  /// - Returns: Where the journey ended.
  /// - Throws: `Divergence` if the replay diverges; then nothing has changed.
  package func travel(
    _ journey: (TimeMachine) throws(Divergence) -> Void
  ) throws(Divergence) -> Journey {
    live.stop()
    journeys += 1
    let start = machine.moment
    try journey(machine)
    return Journey(
      tick: scheduler.now,
      moment: machine.moment,
      moved: machine.moment - start,
      branch: machine.branch,
      ahead: machine.ahead
    )
  }

  /// Goes to a destination, and ends live mode, which would leave it at once.
  ///
  /// - Returns: Where it led.
  /// - Throws: That there is no such destination, or that the run does not come out as it did; then nothing
  ///   has changed. That it was interrupted; then nothing has changed either, except on the way forward.
  package func go(to destination: Destination) throws(RequestFailure) -> Journey {
    let machine = machine
    switch destination {
    case .back(let count):
      guard machine.moment > 0 else { throw .unreachable(.beginning) }
      return try journey { () throws(Divergence) in try machine.back(count, unless: isInterrupted) }
    case .forward(let count):
      guard machine.ahead > 0 else { throw .unreachable(.end) }
      return try journey { () throws(Divergence) in
        try machine.forward(count, unless: isInterrupted)
      }
    case .tick(let tick):
      let last = machine.tick(atMoment: machine.lastMoment)
      guard tick <= last else { throw .unreachable(.tick(tick, last: last)) }
      return try journey { () throws(Divergence) in
        try machine.go(toTick: tick, unless: isInterrupted)
      }
    case .bookmark(let name):
      let known = machine.bookmarkList.map(\.name)
      guard known.contains(name) else { throw .unreachable(.bookmark(name, known: known)) }
      return try journey { () throws(Divergence) in
        try machine.go(toBookmark: name, unless: isInterrupted)
      }
    case .lastStep(let tid):
      guard let moment = machine.moment(ofLastRunOf: tid) else {
        throw .unreachable(.lastStep(of: tid, before: scheduler.now))
      }
      return try journey { () throws(Divergence) in
        try machine.go(to: moment, unless: isInterrupted)
      }
    case .branch(let number):
      guard (1...machine.branchCount).contains(number) else {
        throw .unreachable(.branch(number))
      }
      return try journey { () throws(Divergence) in
        try machine.switch(to: number, unless: isInterrupted)
      }
    }
  }

  private func journey(
    _ move: () throws(Divergence) -> Void
  ) throws(RequestFailure) -> Journey {
    let journey: Journey
    do throws(Divergence) {
      journey = try travel { (_) throws(Divergence) in try move() }
    } catch {
      throw .diverged(error)
    }
    if isInterrupted() { throw .interrupted }
    return journey
  }

  /// Goes back to the last moment at which a breakpoint was hit, or to the first moment.
  ///
  /// - Throws: If the user interrupts, or the replay diverges; then nothing has changed.
  package func runBack() throws(RequestFailure) -> BackReport {
    let missing = missingBreakpoints
    var outcome = BackwardOutcome.beginning
    let journey: Journey
    do throws(Divergence) {
      journey = try travel { machine throws(Divergence) in
        outcome = try machine.runBack { self.isInterrupted() }
      }
    } catch {
      throw .diverged(error)
    }
    return switch outcome {
    case .breakpoint(let stop): BackReport(journey: journey, stop: note(stop), missing: missing)
    case .beginning: BackReport(journey: journey, stop: nil, missing: missing)
    case .interrupted: throw .interrupted
    }
  }

  /// Runs the tasks again from the first moment in the order of a schedule, and ends live mode.
  ///
  /// - Parameters:
  ///   - schedule: The order.
  ///   - policy: The policy in force, which decides after its end.
  /// - Returns: Whether the schedule could be followed.
  package func reschedule(_ schedule: Schedule, then policy: PolicyChoice) -> RescheduleOutcome {
    live.stop()
    journeys += 1
    if let world, !world.recording.isEmpty, !world.beginsAnew {
      let reason = "what came in from outside came in one order only"
      return .refused(RefusedAct(label: "replay", reason: reason))
    }
    let outcome = machine.reschedule(schedule, then: policy.make()) { [poll] _ in poll() }
    if outcome == .followed { self.policy = policy }
    return outcome
  }
}
