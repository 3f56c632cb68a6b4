import CorosHistory
import CorosInsight
import CorosKernel
import CorosSession

// What keys ask of the session, and what is said of the answers.

extension StepperModel {
  private var session: Session { shell.session }

  func pick(_ task: TaskID) {
    stopRunning()
    do throws(RequestFailure) {
      let branch = try tellingBranch { () throws(RequestFailure) in try session.pick(task) }
      machineHasChanged()
      move()
      if message == nil { say(branch ?? "picked task \(task)", .faint) }
    } catch {
      tell(shell.failure(of: error))
    }
  }

  func kill(_ task: TaskID) {
    stopRunning()
    do throws(RequestFailure) {
      var outcome = OrderOutcome.done
      let branch = try tellingBranch { () throws(RequestFailure) in
        outcome = try session.kill(task)
      }
      machineHasChanged()
      let what = outcome.absence?.description ?? "task \(task) killed"
      say([what, branch].compactMap(\.self).joined(separator: "; "))
    } catch {
      tell(shell.failure(of: error))
    }
  }

  /// Does something to the machine.
  ///
  /// - Returns: What is to be said if that has begun a branch.
  private func tellingBranch<Failure: Error>(
    _ work: () throws(Failure) -> Void
  ) throws(Failure) -> String? {
    let count = session.machine.branchCount
    try work()
    return session.machine.branchCount > count
      ? "branch \(session.machine.branch) begins here" : nil
  }

  func explain(_ task: TaskID) {
    do throws(RequestFailure) {
      guard let explanation = try session.explain(task) else { return }
      show("Why task \(task)\(shell.inParentheses(task))", explanation.sentences)
    } catch {
      shell.host.forgetInterrupt()
      tell(shell.interruption)
    }
  }

  // MARK: Travel

  func goToLastStep(of task: TaskID) {
    guard let moment = session.machine.moment(ofLastRunOf: task) else {
      return say("task \(task) has not run before tick \(shell.scheduler.now)", .bad)
    }
    travel("before the last step of task \(task),") { machine throws(Divergence) in
      try machine.go(to: moment, unless: isInterrupted)
    }
  }

  func go(toTick text: String) {
    let last = session.machine.tick(atMoment: session.machine.lastMoment)
    guard let tick = Tick(text), tick <= last else {
      return say("nothing is recorded of tick \(text): the last is \(last)", .bad)
    }
    travel("now") { machine throws(Divergence) in
      try machine.go(toTick: tick, unless: isInterrupted)
    }
  }

  /// Goes to another moment.
  ///
  /// - Parameters:
  ///   - words: What is said before the tick; nil for nothing at all.
  ///   - journey: Moves the machine.
  func travel(_ words: String? = nil, _ journey: (TimeMachine) throws(Divergence) -> Void) {
    stopRunning()
    do throws(Divergence) {
      let end = try session.travel(journey)
      if isInterrupted() {
        // The key has done its work: it was not meant for the stepper.
        shell.host.forgetInterrupt()
        say("interrupted at tick \(end.tick)", .bad)
      } else if let words {
        say("\(words) at tick \(end.tick); \(TravelWords.future(end.ahead))")
      }
    } catch {
      say(error.description, .bad)
    }
    machineHasChanged()
    replayLog()
  }

  // MARK: Breakpoints

  /// The breakpoint that stops when a task has had the CPU.
  func breakpoint(on task: TaskID) -> Int? {
    session.machine.breakpoints.all.first { breakpoint in
      if case .runs(.task(task)) = breakpoint.point { true } else { false }
    }?.number
  }

  /// Has the machine stop whenever a task has had the CPU, or no longer so.
  func toggleBreakpoint(_ task: TaskID) {
    stopRunning()
    if let number = breakpoint(on: task) {
      session.removeBreakpoint(number)
      say("breakpoint \(number) deleted")
    } else {
      let what = "task \(task) runs"
      let note = BreakpointNote(kind: .breakpoint, what: what, label: "", commands: nil)
      let number = session.setBreakpoint(.runs(.task(task)), note)
      say("breakpoint \(number): \(what)")
    }
  }

  /// Stays where breakpoints were hit, and runs their commands.
  func stand(at stop: BreakpointStop) {
    stopRunning()
    let hits = session.note(stop).hits
    say(
      hits.map { "\($0.kind.rawValue) \($0.hit.breakpoint): \($0.text)" }.joined(separator: "; ")
    )
    let (machine, moment, branch) = (
      session.machine, session.machine.moment, session.machine.branch
    )
    let told = shell.answersOfBreakpoints(on: StepperPage(of: shell.host))
    machineHasChanged()
    // The log has heard all but journeys, and what another machine did.
    if session.machine !== machine
      || (session.machine.moment, session.machine.branch) != (moment, branch)
    {
      replayLog()
    }
    if shell.exitStatus != nil { finish() }
    if !told.isEmpty { show("At the breakpoint", told) }
  }

  // MARK: Failures

  func tell(_ failure: CommandFailure) {
    say(failure.message + (failure.hint.isEmpty ? "" : "; \(failure.hint)"), .bad)
  }

  func show(_ title: String, _ lines: [String]) {
    overlay = StepperState.Overlay(title: title, lines: lines.map { StyledLine($0) })
  }
}
