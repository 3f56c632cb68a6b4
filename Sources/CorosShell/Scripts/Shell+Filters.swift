package import CorosLanguage

extension Shell {
  /// Runs a command, and sends its results through filters, and then to a program of the host.
  ///
  /// - Parameters:
  ///   - commands: The filters, as typed.
  ///   - program: The program, with all that the host's shell is to read; nil for none.
  ///   - body: The command.
  /// - Throws: Why the command, a filter or the program failed.
  package func run(
    through commands: [Command],
    to program: HostCommand?,
    _ body: () throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    var filters: [Filter] = []
    for command in commands {
      let words: [Argument]
      do throws(SyntaxError) {
        words = try command.expanded(with: variables)
      } catch {
        throw CommandFailure(error)
      }
      if !words.isEmpty { filters.append(try Filter(words)) }
    }
    if let program { try check(program) }
    let captured = CapturingHost(host)
    var plain = settings
    (plain.isColored, plain.isInteractive) = (false, false)
    let result = exchangingConsole(for: captured, plain, body)
    let text = filtered(captured.text, by: filters)
    if let program { try send(text, to: program) } else { output.write(text) }
    try result.get()
  }

  private func filtered(_ text: String, by filters: [Filter]) -> String {
    if filters.isEmpty { return text }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for filter in filters {
      lines = filter.apply(to: lines, isJSON: settings.isJSON)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func check(_ program: HostCommand) throws(CommandFailure) {
    if program.text.isEmpty {
      throw CommandFailure(
        "there is no command behind the !",
        at: program.range,
        hint: "as in `events | !less`: all that follows is for the host's shell",
        status: 2
      )
    }
    // It would write over the screen, and read its keys.
    if monitor.isMuted { throw CommandFailure(needsScreen: program.range) }
    if settings.isSandboxed {
      throw CommandFailure(
        "a sandbox runs no programs of the host",
        at: program.range,
        hint: "the shell's own filters are \(Filter.names.joined(separator: ", "))"
      )
    }
  }

  private func send(_ text: String, to program: HostCommand) throws(CommandFailure) {
    flush()
    let status: Int
    do throws(HostProgramRefusal) {
      status = try host.pipe(text, to: program.text)
    } catch {
      throw CommandFailure(error.reason, at: program.range)
    }
    guard status != 0 else { return }
    throw CommandFailure("the host's command ended with status \(status)", at: program.range)
  }
}
