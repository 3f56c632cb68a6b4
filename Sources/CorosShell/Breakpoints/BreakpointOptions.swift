import CorosLanguage

/// The options of the commands that set breakpoints.
package struct BreakpointOptions {
  package let isTemporary: Bool
  package let ignoreCount: Int
  /// The commands to run at each stop.
  package let commands: String?
  /// Whether hits are only shown, and the machine goes on.
  package let isLogging: Bool

  package static let manual: [Manual.Option] = [
    .init("--once", nil, "removed by its first stop"),
    .init("--ignore", "N", "ignore the first N hits going forward"),
    .init("--log", nil, "only show hits, and go on"),
    .init("--do", "COMMANDS", "commands to run at each stop, in quotes"),
  ]

  /// Reads the options.
  ///
  /// - Parameters:
  ///   - options: The options of the command.
  ///   - table: All commands.
  /// - Throws: What is wrong with an option; commands that could never run are refused, too.
  package init(_ options: OptionWords, in table: CommandTable) throws(CommandFailure) {
    isTemporary = options.has("--once")
    ignoreCount = try options.integer("--ignore", "the number of times", in: 0...Int.max) ?? 0
    isLogging = options.has("--log")
    let commands = options.value("--do")
    if isLogging, let commands {
      throw CommandFailure(
        "--log goes on, so there is no stop at which commands could run",
        at: commands.range,
        hint: "leave out --log, or end the commands with `continue`"
      )
    }
    if let commands { try Self.check(commands, table) }
    self.commands = commands?.text
  }

  private static func check(_ commands: Argument, _ table: CommandTable) throws(CommandFailure) {
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
        table.command(named: name) == nil
      else { continue }
      throw CommandFailure(
        "there is no command '\(excerpt(of: name))' to run",
        at: commands.range,
        hint: table.hint(for: name)
      )
    }
  }
}
