import CorosSession

// The commands of breakpoints, which run when the breakpoints are hit.

extension Shell {
  /// Runs the commands of the breakpoints that were hit, with a page as their console.
  ///
  /// - Returns: The lines of the page.
  func runBreakpointCommands(on page: StepperPage) -> [String] {
    let result = exchangingConsole(for: page, StepperPage.settings(like: settings)) {
      () throws(CommandFailure) in try runBreakpointCommands()
    }
    if case .failure(let failure) = result { page.writeError(failure.message + "\n") }
    keepJournal()
    return page.text.lines
  }

  // MARK: Commands

  /// The maximum number of consecutive stops at which commands run, for one typed command.
  private static let mostStops = 10_000

  /// Runs the commands of the breakpoints that were hit, and of those that these commands hit.
  ///
  /// They run one after the other, never nested: a `continue` among them only goes to the next stop.
  ///
  /// - Throws: After all have run, if some have failed; the failures have been reported already.
  func runBreakpointCommands() throws(CommandFailure) {
    guard session.hasBreakpointCommands, !session.breakpointNotes.isRunningCommands else { return }
    session.breakpointNotes.isRunningCommands = true
    defer {
      session.breakpointNotes.isRunningCommands = false
      session.breakpointNotes.dropCommands()
    }
    var failed: (breakpoint: Int, status: Int)?
    var count = 0
    while exitStatus == nil, let (breakpoint, commands) = session.breakpointNotes.takeCommands() {
      if isInterrupted { throw interruption }
      count += 1
      if count > Self.mostStops {
        throw CommandFailure(
          "breakpoint \(breakpoint) has stopped the machine \(Self.mostStops) times in a row",
          hint: "`breaks` shows what its commands do; `disable \(breakpoint)` stops that"
        )
      }
      let place = LinePlace(script: "breakpoint \(breakpoint)", number: 1)
      let status = execute(commands, at: place)
      if status == CommandFailure.interruptedStatus { throw interruption }
      if status != 0, failed == nil { failed = (breakpoint, status) }
    }
    if let failed {
      throw CommandFailure(
        "the commands of breakpoint \(failed.breakpoint) failed",
        status: failed.status
      )
    }
  }
}
