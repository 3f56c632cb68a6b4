import CorosHistory
import CorosKernel
package import CorosSession

// The machine running while a person types.

extension Shell {
  /// Runs the ticks that are due, while a person is typing.
  ///
  /// - Parameter nanoseconds: The time of a monotonic clock.
  /// - Returns: When to call again.
  package func liveSlice(nanoseconds: UInt64) -> LiveNext {
    guard session.live.isOn, !session.live.isStalled else { return .never }
    if session.live.second != nanoseconds / 1_000_000_000 {
      session.live.second = nanoseconds / 1_000_000_000
      allowance.goOn()
      session.live.isNewSecond = true
    }
    defer { session.live.isNewSecond = false }
    if session.worldSettings?.tickLength != nil { return realTimeSlice() }
    for _ in 0..<session.live.takeDue(at: nanoseconds) {
      let result = machine.step()
      monitor.flush()
      if machine.stop != nil {
        session.live.stop()
        reportEnd(.breakpoint)
        runCommandsAtStop()
        break
      }
      // What comes from outside is looked for at each tick.
      if case .stalled(.waiting) = result { break }
      if case .stalled(let outcome) = result {
        session.live.isStalled = true
        reportEnd(outcome)
        break
      }
      if let violation = session.violation {
        session.live.stop()
        reportEnd(.failedCheck(violation))
        break
      }
    }
    output.flush()
    keepJournal()
    return session.live.isStalled || !session.live.isOn
      ? .never : .after(milliseconds: session.live.millisecondsToNext)
  }

  /// Runs for a few milliseconds of real time; the person who types must not notice it.
  private func realTimeSlice() -> LiveNext {
    let end = ContinuousClock.now + .milliseconds(10)
    let outcome = session.runInRealTime {
      monitor.flush()
      return ContinuousClock.now >= end
    }
    if machine.stop != nil {
      session.live.stop()
      reportEnd(.breakpoint)
      runCommandsAtStop()
    } else if case .failedCheck? = outcome {
      session.live.stop()
      outcome.map(reportEnd)
    } else if let outcome {
      session.live.isStalled = true
      reportEnd(outcome)
    }
    output.flush()
    keepJournal()
    return session.live.isStalled || !session.live.isOn ? .never : .after(milliseconds: 2)
  }

  /// How fast the machine runs by itself, for whomever it does; nil while it stands still until somebody moves it.
  package var pace: StepperSpeed? {
    if let stepperRun, !stepperRun.isAbandoned(at: host.nanoseconds) { return stepperRun.speed }
    guard let rate = session.live.rate, !session.live.isStalled, !isLiveHeld else { return nil }
    return session.worldSettings?.tickLength == nil ? .ticksPerSecond(rate) : .realTime
  }

  /// Lets the time go in which the process was stopped: its ticks are not made up for.
  package func continueAfterStop() { session.live.skipTime() }

  /// Says why live mode ended.
  private func reportEnd(_ outcome: RunOutcome) {
    let end = LiveEnd(end: session.explain(outcome), tick: scheduler.now)
    Results(of: "live", in: self).add(end)
  }

  /// Runs the commands of the breakpoints that were hit.
  private func runCommandsAtStop() {
    do throws(CommandFailure) {
      try runBreakpointCommands()
    } catch {
      fail(error, "", .prompt)
    }
  }
}
