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

  /// Takes Ctrl-C for obeyed; that somebody has asked the process to end stays.
  func forgetInterrupt()

  /// How many columns a line may take.
  var width: Int { get }

  /// How many lines can be seen at once.
  var height: Int { get }

  /// Shows how far something has come that takes long, in place of what was shown before; nil ends it.
  ///
  /// Called often: the host shows as much of it as a person can read.
  func showProgress(_ text: String?)

  /// A number by chance, short enough to be typed; asked for only when a person is at the keyboard.
  var anyNumber: UInt64 { get }

  /// Gives the whole screen to a program until it has finished, or somebody asks the process to end.
  ///
  /// - Parameter program: What is shown there.
  /// - Throws: Why there is no such screen.
  func runFullScreen(_ program: any FullScreenProgram) throws(FullScreenRefusal)
}

extension ShellHost {
  /// Shows nothing.
  package func showProgress(_ text: String?) {}

  /// There is nothing to forget.
  package func forgetInterrupt() {}

  /// As many as terminals had of old.
  package var height: Int { 24 }

  /// Always the same.
  package var anyNumber: UInt64 { 0 }

  /// There is no screen.
  package func runFullScreen(_ program: any FullScreenProgram) throws(FullScreenRefusal) {
    throw FullScreenRefusal("there is no terminal")
  }
}
