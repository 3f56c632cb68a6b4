import CorosKernel
package import CorosSession

/// The settings of a session.
package struct Settings: Sendable {
  /// Whether results are JSON objects, one per line, instead of text.
  package var isJSON = false
  /// Whether each command is shown before it runs.
  package var echoes = false
  /// Whether a script continues after a failing command.
  package var keepsGoing = false
  /// Whether results have colours.
  package var isColored = false
  /// Diagnostics are coloured.
  package var areErrorsColored = false
  /// How the roles of text are painted where there are colours.
  package var theme = Theme.standard
  /// Whether charts use block characters; otherwise ASCII.
  package var isUnicode = true
  /// Whether a person is at the keyboard.
  package var isInteractive = false
  /// Whether commands may not access files, because they come from an untrusted source.
  package var isSandboxed = false
  /// The version of the program, which files of results carry.
  package var version = ""
  /// How a fresh machine starts.
  package var start = MachineStart()

  package init() {}
}
