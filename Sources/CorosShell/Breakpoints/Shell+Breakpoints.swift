import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

// Breakpoints on behalf of commands: set, told of, and their commands run.

extension Shell {
  /// The options of both commands that set breakpoints.
  static let breakpointOptions: [Manual.Option] = [
    .init("--once", nil, "gone after its first stop"),
    .init("--ignore", "N", "passed over N times first, going forward"),
    .init("--do", "COMMANDS", "commands to run at each stop, in quotes"),
  ]

  /// Sets a breakpoint as the options say.
  ///
  /// - Returns: Its number.
  func setBreakpoint(
    _ kind: BreakpointNote.Kind,
    _ point: StopPoint,
    what: String,
    label: String,
    _ options: OptionWords
  ) throws(CommandFailure) -> Int {
    let ignoreCount = try options.integer("--ignore", "the number of times", in: 0...Int.max) ?? 0
    let commands = options.value("--do")
    if let commands { try check(commands) }
    return session.setBreakpoint(
      point,
      BreakpointNote(kind: kind, what: what, label: label, commands: commands?.text),
      isTemporary: options.has("--once"),
      ignoreCount: ignoreCount
    )
  }

  /// Reads an expression that is to be asked again and again while the machine runs.
  func expression(
    _ words: [Argument],
    _ invocation: Invocation,
    isCondition: Bool
  ) throws(CommandFailure) -> MachineExpression {
    do throws(ExpressionError) {
      return try MachineExpression(
        words,
        in: invocation.line,
        isCondition: isCondition,
        scheduler
      )
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Refuses commands that could never be run.
  private func check(_ commands: Argument) throws(CommandFailure) {
    let list: CommandList
    do throws(SyntaxError) {
      list = try CommandList(parsing: commands.text)
    } catch {
      throw CommandFailure(
        "these commands are malformed: \(error.message)",
        at: commands.range,
        hint: error.hint,
        status: 2
      )
    }
    guard !list.entries.isEmpty else {
      throw CommandFailure(
        "there are no commands to run",
        at: commands.range,
        hint: "such as --do 'ps; continue'"
      )
    }
    for entry in list.entries {
      guard case .plain(let name)? = entry.command.words.first?.content,
        CommandTable.command(named: name) == nil
      else { continue }
      throw CommandFailure(
        "there is no command '\(excerpt(of: name))' to run",
        at: commands.range,
        hint: Suggestion.question(for: name, among: CommandTable.names)
          ?? "`help` lists the commands"
      )
    }
  }

  /// Runs the commands of the breakpoints that were hit, and has them answer on a page.
  ///
  /// - Returns: The lines of the page.
  func answersOfBreakpoints(on page: StepperPage) -> [String] {
    let outer = console
    console = page.console(like: settings)
    defer {
      console.output.flush()
      console = outer
      keepJournal()
    }
    do throws(CommandFailure) {
      try runBreakpointCommands()
    } catch {
      console.output.writeError(error.message + "\n")
    }
    console.output.flush()
    return page.text.lines
  }

  // MARK: Commands

  /// The most stops in a row at which commands are run, for one command that was typed.
  private static let mostStops = 10_000

  /// Runs the commands of the breakpoints that were hit, and those of the breakpoints that they hit.
  ///
  /// One after the other, never one within another: a `continue` among them only goes to the next stop.
  ///
  /// - Throws: That some have failed, when all is done; what failed has been told already.
  func runBreakpointCommands() throws(CommandFailure) {
    guard !session.breakpointNotes.isRunningCommands else { return }
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
          hint: "`breaks` shows what its commands do; `disable \(breakpoint)` has it stop no more"
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
