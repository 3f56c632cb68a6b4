import CorosSession

/// A command of the shell: one type, one file, one line in `CommandTable`.
///
/// Most commands give one result, and are a `SimpleCommand`.
protocol ShellCommand: SendableMetatype {
  /// What it answers.
  associatedtype Result: ResultShape

  /// What `help` tells about it, and what Tab offers after it.
  static var manual: Manual { get }

  /// What the reference page adds: notes, and what is typed for its examples.
  static var reference: Reference { get }

  /// The lines of JSON that it may print.
  static var lines: [ResultLine] { get }

  /// Does it, and hands out each result as soon as it is there.
  ///
  /// - Throws: What failed; the results before it stay.
  static func run(
    _ invocation: Invocation,
    in shell: Shell,
    results: Results<Result>
  ) throws(CommandFailure)
}

extension ShellCommand {
  /// Those of its result.
  static var lines: [ResultLine] { Result.lines }

  /// Runs the command, and shows what it answers.
  static func execute(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    try run(invocation, in: shell, results: Results(of: manual.name, in: shell))
  }
}

/// A command with exactly one result.
protocol SimpleCommand: ShellCommand where Result: CommandResult {
  /// Does it.
  ///
  /// - Returns: The result.
  /// - Throws: What failed.
  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result
}

extension SimpleCommand {
  static func run(
    _ invocation: Invocation,
    in shell: Shell,
    results: Results<Result>
  ) throws(CommandFailure) {
    results.add(try run(invocation, in: shell))
  }
}
