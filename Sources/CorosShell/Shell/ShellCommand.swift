package import CorosSession

/// A command of the shell: one type, one file, one line in `CommandTable`.
///
/// Most commands have exactly one result, and are a `SimpleCommand`.
package protocol ShellCommand: SendableMetatype {
  /// The result of the command.
  associatedtype Result: ResultShape

  /// The page for `help`, and the completions for Tab.
  static var manual: Manual { get }

  /// The additions of the reference page: notes, and the lines typed for its examples.
  static var reference: Reference { get }

  /// The lines of JSON that the command may print.
  static var lines: [ResultLine] { get }

  /// Whether its words are an expression, in which `>` compares.
  static var takesExpressions: Bool { get }

  /// Whether it only shows something: what is longer than the screen is shown a screen at a time.
  static var isLooking: Bool { get }

  /// The command itself, if it can look at another tick; a cast for each command would be dear.
  static var glancing: (any GlancingCommand.Type)? { get }

  /// What it needs when it comes from another terminal.
  ///
  /// - Parameter hasWords: Whether there is anything behind its name.
  /// - Returns: Whether it looks or changes something.
  static func access(hasWords: Bool) -> GuestAccess

  /// Runs the command, and passes on each result as soon as it is there.
  ///
  /// - Throws: Why the command failed; earlier results stay.
  static func run(
    _ invocation: Invocation,
    in shell: Shell,
    results: Results<Result>
  ) throws(CommandFailure)
}

extension ShellCommand {
  /// Those that look, or look back.
  package static var isLooking: Bool {
    switch manual.group {
    case .looking, .asking: true
    default: false
    }
  }

  /// Those that look need nothing, and those that look back the past.
  package static func access(hasWords: Bool) -> GuestAccess {
    isLooking ? manual.group == .asking ? .past : .present : .changing
  }

  /// Most cannot.
  package static var glancing: (any GlancingCommand.Type)? { nil }

  /// They are not.
  package static var takesExpressions: Bool { false }

  /// The lines of the result.
  package static var lines: [ResultLine] { Result.lines }

  /// Runs the command, and prints its results.
  package static func execute(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    try run(invocation, in: shell, results: Results(of: manual.name, in: shell))
  }
}

/// A command with exactly one result.
package protocol SimpleCommand: ShellCommand where Result: CommandResult {
  /// Runs the command.
  ///
  /// - Returns: The result.
  /// - Throws: Why the command failed.
  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result
}

extension SimpleCommand {
  package static func run(
    _ invocation: Invocation,
    in shell: Shell,
    results: Results<Result>
  ) throws(CommandFailure) {
    results.add(try run(invocation, in: shell))
  }
}
