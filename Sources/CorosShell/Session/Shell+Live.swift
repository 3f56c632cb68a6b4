import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
package import CorosSession

// The machine running by itself while a person types.

extension Shell {
  /// Runs the ticks that are due, while a person is typing.
  ///
  /// - Parameter nanoseconds: A clock that only goes forward.
  /// - Returns: When to call again.
  package func liveSlice(nanoseconds: UInt64) -> LiveNext {
    guard session.live.isOn, !session.live.isStalled else { return .never }
    if session.live.second != nanoseconds / 1_000_000_000 {
      session.live.second = nanoseconds / 1_000_000_000
      allowance.goOn()
      session.live.isNewSecond = true
    }
    defer { session.live.isNewSecond = false }
    for _ in 0..<session.live.takeDue(at: nanoseconds) {
      let result = machine.step()
      monitor.flush()
      if let stop = machine.stop {
        stopLive(at: stop)
        break
      }
      if case .stalled(let outcome) = result {
        session.live.isStalled = true
        tellStall(outcome)
        break
      }
    }
    output.flush()
    if session.live.isNewSecond || session.live.isStalled || !session.live.isOn { keepJournal() }
    return session.live.isStalled || !session.live.isOn
      ? .never : .after(milliseconds: session.live.millisecondsToNext)
  }

  /// Stands still at a breakpoint, until the person says otherwise, and runs its commands.
  private func stopLive(at stop: BreakpointStop) {
    session.live.stop()
    let explained = session.note(stop)
    if settings.isJSON {
      output.writeLine(
        .object(
          [("command", "live"), ("stopped", "breakpoint"), ("tick", .int(scheduler.now))]
            + explained.members
        )
      )
    } else {
      output.write(explained.text(in: look))
      output.writeLine(style.paint("live: off; `live on` goes on", .faint))
    }
    do throws(CommandFailure) {
      try runBreakpointCommands()
    } catch {
      fail(error, "", .prompt)
    }
  }

  /// Says why the machine stands still.
  private func tellStall(_ outcome: RunOutcome) {
    if settings.isJSON {
      output.writeLine([
        "command": "live", "stopped": .string(OutcomeWords.word(outcome)),
        "tick": .int(scheduler.now),
      ])
    } else if case .deadlock(let deadlock) = outcome {
      let failure = CommandFailure(deadlock)
      output.writeLine(failure.message + "\n  hint: \(failure.hint)")
    } else {
      output.write(session.explain(outcome).text(in: look))
    }
  }
}
