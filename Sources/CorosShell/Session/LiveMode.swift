import CorosKernel

/// The scheduler running by itself while a person types.
///
/// The host calls `Shell.liveSlice` between key presses; the mode knows how many ticks are due by then.
package struct LiveMode {
  /// Ticks per second; nil when the mode is off.
  var rate: Int?
  private var pacer = TickPacer()
  /// The second to which the output belongs that is shown now.
  fileprivate var second: UInt64 = 0
  fileprivate var isNewSecond = false
  /// Set when nothing can run until the person does something.
  fileprivate(set) var isStalled = false

  static let standardRate = 20

  package var isOn: Bool { rate != nil }

  mutating func start(rate: Int) {
    self.rate = rate
    pacer.restart()
    isStalled = false
  }

  mutating func stop() {
    rate = nil
  }

  /// Something may have become ready.
  mutating func wake() {
    isStalled = false
    pacer.restart()
  }

  /// How many ticks are due now; those that a slice cannot hold are let go.
  fileprivate mutating func takeDue(at nanoseconds: UInt64) -> Int {
    guard let rate, !isStalled else { return 0 }
    return pacer.takeDue(rate: rate, at: nanoseconds)
  }

  /// When the next tick is due, in milliseconds from now.
  fileprivate var millisecondsToNext: Int { TickPacer.millisecondsToNext(rate: rate ?? 1) }
}

/// When the host is to call again.
package enum LiveNext: Equatable, Sendable {
  case after(milliseconds: Int)
  /// Nothing will happen until the person types a command.
  case never
}

extension Shell {
  /// Runs the ticks that are due, while a person is typing.
  ///
  /// - Parameter nanoseconds: A clock that only goes forward.
  /// - Returns: When to call again.
  package func liveSlice(nanoseconds: UInt64) -> LiveNext {
    guard live.isOn, !live.isStalled else { return .never }
    if live.second != nanoseconds / 1_000_000_000 {
      live.second = nanoseconds / 1_000_000_000
      allowance.goOn()
      live.isNewSecond = true
    }
    defer { live.isNewSecond = false }
    for _ in 0..<live.takeDue(at: nanoseconds) {
      let result = machine.step()
      monitor.flush()
      if let stop = machine.stop {
        stopLive(at: stop)
        break
      }
      if case .stalled(let outcome) = result {
        live.isStalled = true
        tellStall(outcome)
        break
      }
    }
    output.flush()
    if live.isNewSecond || live.isStalled || !live.isOn { keepJournal() }
    return live.isStalled || !live.isOn ? .never : .after(milliseconds: live.millisecondsToNext)
  }

  /// Stands still at a breakpoint, until the person says otherwise, and runs its commands.
  private func stopLive(at stop: BreakpointStop) {
    live.stop()
    if settings.isJSON {
      output.writeLine(
        .object(
          [("command", "live"), ("stopped", "breakpoint"), ("tick", .int(scheduler.now))]
            + json(stop)
        )
      )
    } else {
      tell(stop)
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
      let failure = OutcomeWords.failure(deadlock)
      output.writeLine(failure.message + "\n  hint: \(failure.hint)")
    } else {
      tell(outcome)
    }
  }
}
