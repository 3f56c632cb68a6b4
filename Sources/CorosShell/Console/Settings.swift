import CorosKernel
package import CorosSession

/// How a session was asked to behave.
package struct Settings: Sendable {
  /// One JSON object a line instead of text.
  package var isJSON = false
  /// Each command is shown before it runs.
  package var echoes = false
  /// A script goes on after a failing command.
  package var keepsGoing = false
  /// Results are coloured.
  package var isColored = false
  /// Diagnostics are coloured.
  package var areErrorsColored = false
  /// Charts are drawn with block characters; else with those of ASCII.
  package var isUnicode = true
  /// Somebody is at the keyboard.
  package var isInteractive = false
  /// No command reads or writes a file, since nobody vouches for whoever wrote the commands.
  package var isSandboxed = false
  /// How a fresh machine begins.
  package var start = MachineStart()

  package init() {}
}
