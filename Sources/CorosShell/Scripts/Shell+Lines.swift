import CorosKernel
package import CorosLanguage
import CorosSession

// From a line to its commands.

extension Shell {
  /// Runs a line: all of its commands, or none if the line is malformed.
  ///
  /// - Parameters:
  ///   - line: The line, without its newline.
  ///   - place: The origin of the line, for failures.
  /// - Returns: 0, or the highest status among the failed chains of commands.
  @discardableResult
  package func execute(_ line: String, at place: LinePlace = .prompt) -> Int {
    allowance.begin()
    if settings.echoes, !line.isEmpty { echo(line) }
    let list: CommandList
    do throws(SyntaxError) {
      list = try CommandList(parsing: line)
    } catch {
      return fail(CommandFailure(error, status: 2), line, place)
    }
    // Between two lines of a script those attached may do more than while a command runs.
    if place.script != nil { visitors?.serve(isRunning: false) }
    let status = run(list, line, place)
    checkQuietly()
    return status
  }

  /// Runs chains of `&&` and `||` one after the other; in a script, a chain that fails ends the line.
  package func run(_ list: CommandList, _ line: String, _ place: LinePlace) -> Int {
    var status = 0
    var worst = 0
    for entry in list.entries {
      switch entry.connector {
      case .always where status != 0 && stopsAtFailure(place): return status
      case .always: worst = max(worst, status)
      case .and where status != 0: continue
      case .or where status == 0: continue
      case .and, .or: break
      }
      status = run(entry, line, place)
      variables.status = status
      if exitStatus != nil || status == CommandFailure.interruptedStatus { break }
    }
    return max(worst, status)
  }

  /// Whether a failure at this place skips the rest.
  func stopsAtFailure(_ place: LinePlace) -> Bool {
    place.script != nil && !settings.keepsGoing && !isChecking
  }

  /// Runs a command, and tells of its failure.
  ///
  /// This is the one place that turns an interrupt into a status: whatever a command made of it, a failure of
  /// another kind or an end in good order, nothing after the command runs.
  private func run(
    _ entry: CommandList.Entry,
    _ line: String,
    _ place: LinePlace
  ) -> Int {
    self.place = place
    defer {
      keepJournal()
      session.endRetiredMachines()
    }
    do throws(CommandFailure) {
      if entry.stages.isEmpty {
        try run(entry.command, line)
      } else {
        try run(through: entry.filters, to: isChecking ? nil : entry.hostCommand) {
          () throws(CommandFailure) in try run(entry.command, line)
        }
      }
      return isInterrupted && exitStatus == nil ? CommandFailure.interruptedStatus : 0
    } catch {
      if error.isReported {
        variables.status = error.status
        return error.status
      }
      let isOther = error.status != CommandFailure.interruptedStatus
      return fail(isInterrupted && isOther ? interruption : error, line, place)
    }
  }

  private func run(_ command: Command, _ line: String) throws(CommandFailure) {
    if isChecking, try !definesSomething(command) { return try checkSource(command, line) }
    variables.lastSpawned = session.lastSpawned
    guard var typed = try expanded(command),
      let found = try self.command(for: typed.name, typed.arguments)
    else { return }
    defer { monitor.flush() }
    // In an expression, `>` compares.
    let redirection = found.takesExpressions ? nil : try Redirection(from: &typed.arguments)
    let invocation = Invocation(line: line, name: typed.name, arguments: typed.arguments)
    guard let redirection else {
      guard pages, found.isLooking else { return try run(found, invocation) }
      return try runPaged { () throws(CommandFailure) in try run(found, invocation) }
    }
    try run(to: redirection) { () throws(CommandFailure) in try run(found, invocation) }
  }

  /// The words of a command with their variables replaced; nil where nothing is left of them.
  private func expanded(
    _ command: Command
  ) throws(CommandFailure) -> (name: Argument, arguments: [Argument])? {
    do throws(SyntaxError) {
      return try command.expandedApart(with: variables)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// The command that words stand for; nil where they were a function or an alias, which has run.
  private func command(
    for name: Argument,
    _ arguments: [Argument]
  ) throws(CommandFailure) -> (any ShellCommand.Type)? {
    if let last = lastCommand, last.name == name.text { return last.command }
    if let command = commands.command(exactly: name.text) {
      lastCommand = (name.text, command)
      return command
    }
    let words = [name] + arguments
    if try runRoutine(words) { return nil }
    if let command = appCommands[name.text] {
      try run(command, words)
      return nil
    }
    guard let found = commands.command(named: name.text) else { throw unknown(words) }
    return found
  }

  private func run(
    _ command: any ShellCommand.Type,
    _ invocation: Invocation
  ) throws(CommandFailure) {
    if !refusals.isEmpty, let reason = refusals[command.manual.name] {
      throw CommandFailure(reason, at: invocation.name.range)
    }
    try reportingBranches { () throws(CommandFailure) in try perform(command, invocation) }
    try runBreakpointCommands()
  }

  /// Whether a command is a definition; throws if there is no such command.
  private func definesSomething(_ command: Command) throws(CommandFailure) -> Bool {
    // What a variable stands for is known only when the script runs.
    guard let word = command.words.first, case .plain(let name) = word.content else { return false }
    if commands.command(named: name) == nil {
      throw unknown(
        command.words.compactMap { word in
          if case .plain(let text) = word.content { Argument(text, range: word.range) } else { nil }
        }
      )
    }
    return ProgramWords.definitions.contains(name) && command.words.count > 1
  }

  /// Checks the script that a command would run, so that what it defines counts.
  private func checkSource(_ command: Command, _ line: String) throws(CommandFailure) {
    let words = command.words.map { word -> Argument? in
      if case .plain(let text) = word.content { Argument(text, range: word.range) } else { nil }
    }
    // What a variable stands for is known only when the script runs.
    guard let first = words.first, let name = first, name.text == "source", words.count > 1,
      let file = words[1], let source = commands.command(named: name.text)
    else { return }
    if scripts.contains(file.text) {
      throw CommandFailure("this script would run itself, for ever", at: file.range)
    }
    try source.execute(Invocation(line: line, name: name, arguments: [file]), in: self)
  }

  /// The failure of a command, of whose words the first is none.
  private func unknown(_ words: [Argument]) -> CommandFailure {
    let name = words[0]
    let hint =
      if catalogue[name.text] != nil {
        "it is a program: `spawn \(name.text)` makes a task of it"
      } else if let policy = PolicyWords(words) {
        "it is a policy: `\(policy.command)` chooses it"
      } else {
        commands.hint(for: name.text)
      }
    return CommandFailure(commands.refusal(of: name.text), at: name.range, hint: hint)
  }

  private func echo(_ line: String) {
    if settings.isJSON {
      output.writeLine(["echo": .string(line)])
    } else {
      for (index, part) in line.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        output.writeLine(style.paint(index == 0 ? "coros> " : "...> ", .faint) + part)
      }
    }
  }

  // MARK: Failures

  /// Reports a failure on standard error.
  ///
  /// - Returns: The status of the failure.
  @discardableResult
  package func fail(_ failure: CommandFailure, _ line: String, _ place: LinePlace) -> Int {
    let failure = judged(failure)
    variables.status = failure.status
    // It has been told already, as a result.
    if failure.message.isEmpty { return failure.status }
    var (line, place) = (line, place)
    if let source = failure.source {
      (line, place) = (source.text, LinePlace(script: source.file, number: source.number))
    }
    // A definition may have several lines.
    place.number += line.utf8.prefix(failure.range.lowerBound).count { $0 == UInt8(ascii: "\n") }
    output.writeError(settings.isJSON ? json(failure, line, place) : text(failure, line, place))
    return failure.status
  }

  private func json(_ failure: CommandFailure, _ line: String, _ place: LinePlace) -> String {
    var members: [(String, JSON)] = [
      ("error", .string(failure.message)),
      ("line", .int(max(1, place.number))),
      ("column", .int(failure.column(in: line))),
    ]
    if let script = place.script { members.append(("file", .string(script))) }
    if !failure.hint.isEmpty { members.append(("hint", .string(failure.hint))) }
    return JSON.object(members).text + "\n"
  }

  private func text(_ failure: CommandFailure, _ line: String, _ place: LinePlace) -> String {
    let style = console.errorStyle
    // What fails before the first line has no number.
    let number = place.number > 0 ? "\(place.number):" : ""
    var text = place.script.map { style.paint("\($0):\(number) ", .heading) } ?? ""
    text += style.paint(failure.message, .bad) + "\n"
    if failure.showsPlace {
      let excerpt = SourceExcerpt(line: line, range: failure.range, width: max(host.width - 2, 20))
      text += "  \(excerpt.text)\n  \(style.paint(excerpt.carets, .bad))\n"
    }
    if !failure.hint.isEmpty { text += "  \(style.paint("hint:", .faint)) \(failure.hint)\n" }
    return console.wrapped(text, style)
  }
}
