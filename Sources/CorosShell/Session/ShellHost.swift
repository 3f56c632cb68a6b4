/// The world around a shell: where its text goes, and who interrupts it.
package protocol ShellHost: AnyObject {
  /// Writes results to standard output.
  func write(_ text: String)

  /// Writes diagnostics to standard error.
  func writeError(_ text: String)

  /// Whether somebody has pressed Ctrl-C, or asked the process to end, since the flag was cleared.
  ///
  /// Read after each step of a run, so it must cost next to nothing.
  var isInterrupted: Bool { get }

  /// How many columns a line may take.
  var width: Int { get }

  /// How many lines can be seen at once.
  var height: Int { get }
}

extension ShellHost {
  /// As many as terminals had of old.
  package var height: Int { 24 }
}
