package import CorosHistory
import CorosInsight
package import CorosKernel
import CorosSession

// The requests that keys make of the session, and the messages about the answers.

extension StepperModel {
  private var session: Session { shell.session }

  package func pick(_ task: TaskID) {
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

  package func kill(_ task: TaskID) {
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

  /// Performs a command of the operator.
  ///
  /// - Returns: A message if this has started a branch.
  private func tellingBranch<Failure: Error>(
    _ work: () throws(Failure) -> Void
  ) throws(Failure) -> String? {
    let count = session.machine.branchCount
    try work()
    return session.machine.branchCount > count
      ? "branch \(session.machine.branch) begins here" : nil
  }

  package func explain(_ task: TaskID) {
    do throws(RequestFailure) {
      let asked = shell.asOfNow { () -> Swift.Result<Explanation?, RequestFailure> in
        do throws(RequestFailure) {
          return .success(try session.explain(task))
        } catch {
          return .failure(error)
        }
      }
      guard let explanation = try asked.get() else { return }
      show("Why task \(task)\(shell.inParentheses(task))", explanation.sentences)
    } catch {
      forgetInterrupt()
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

  package func go(toTick text: String) {
    let last = session.machine.tick(atMoment: session.machine.lastMoment)
    guard let tick = Tick(text), tick <= last else {
      return say("nothing is recorded of tick \(text): the last is \(last)", .bad)
    }
    travel("now") { machine throws(Divergence) in
      try machine.go(toTick: tick, unless: isInterrupted)
    }
  }

  /// Travels to another moment.
  ///
  /// - Parameters:
  ///   - words: The message before the tick; nil for no message.
  ///   - journey: Moves the machine.
  package func travel(_ words: String? = nil, _ journey: (TimeMachine) throws(Divergence) -> Void) {
    stopRunning()
    do throws(Divergence) {
      let end = try session.travel(journey)
      if isInterrupted() {
        // Ctrl-C was meant for the journey, not for the stepper.
        forgetInterrupt()
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

  /// The breakpoint on the steps of a task.
  package func breakpoint(on task: TaskID) -> Int? {
    session.machine.breakpoints.all.first { breakpoint in
      if case .runs(.task(task)) = breakpoint.point { true } else { false }
    }?.number
  }

  /// Sets or deletes a breakpoint on the steps of a task.
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

  /// Stops at the breakpoints that were hit, and runs their commands.
  package func stand(at stop: BreakpointStop) {
    stopRunning()
    let hits = session.note(stop).hits
    say(
      hits.map { "\($0.kind.rawValue) \($0.hit.breakpoint): \($0.text)" }.joined(separator: "; ")
    )
    let told = running { shell.runBreakpointCommands(on: StepperPage(shell.host)) }
    if !told.isEmpty { show("At the breakpoint", told) }
  }

  /// Runs a command that was typed, and shows what it says as a page.
  func perform(_ line: String) {
    stopRunning()
    guard seat == .owner else { return performAsGuest(line) }
    let page = StepperPage(shell.host)
    running {
      _ = shell.exchangingConsole(for: page, StepperPage.settings(like: shell.settings)) {
        shell.execute(line)
      }
    }
    shell.host.forgetInterrupt()
    show(page.text, of: line)
  }

  /// Shows what a command has said; one line needs no page.
  func show(_ text: String, of line: String) {
    let lines = text.lines
    if lines.count == 1, message == nil { return say(lines[0]) }
    if !lines.isEmpty { show(line, lines) }
  }

  /// Runs commands, after which everything may be different.
  func running<Answer>(_ work: () -> Answer) -> Answer {
    let (machine, moment, branch) = (
      session.machine, session.machine.moment, session.machine.branch
    )
    let answer = work()
    machineHasChanged()
    // The log has received every event but those of journeys and of a replaced machine.
    if session.machine !== machine
      || (session.machine.moment, session.machine.branch) != (moment, branch)
    {
      replayLog()
    }
    if shell.exitStatus != nil { finish() }
    return answer
  }

  // MARK: Failures

  /// Takes Ctrl-C for obeyed; at the machine itself it is meant for what is done there, not for a guest's key.
  private func forgetInterrupt() {
    if seat == .owner { shell.host.forgetInterrupt() }
  }

  package func tell(_ failure: CommandFailure) {
    say(failure.message + (failure.hint.isEmpty ? "" : "; \(failure.hint)"), .bad)
  }

  package func show(_ title: String, _ lines: [String]) {
    overlay = StepperState.Overlay(title: title, lines: lines.map { StyledLine($0) })
  }
}
