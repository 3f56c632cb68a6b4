/// The world around a shell: where its text goes, and who interrupts it.
package protocol ShellHost: AnyObject {
  /// Writes results to standard output.
  func write(_ text: String)

  /// Writes diagnostics to standard error.
  func writeError(_ text: String)

  /// Tells the person something that no command has asked for; a program that has the whole screen shows it in its own
  /// way, or it is told afterwards.
  func notify(_ text: String)

  /// Whether somebody has pressed Ctrl-C, or asked the process to end, since the flag was cleared.
  ///
  /// The shell reads it after each step of a run, so it must cost next to nothing.
  var isInterrupted: Bool { get }

  /// Takes Ctrl-C for obeyed; that somebody has asked the process to end stays.
  func forgetInterrupt()

  /// The maximum number of columns of a line.
  var width: Int { get }

  /// The number of lines visible at once.
  var height: Int { get }

  /// Whether lines that are too wide are wrapped for a person.
  var wraps: Bool { get }

  /// Whether there is a screen for programs that take all of it.
  var hasScreen: Bool { get }

  /// Shows how far something has come that takes long, in place of what was shown before; nil ends it.
  ///
  /// Called often: the host shows as much of it as a person can read.
  func showProgress(_ text: String?)

  /// A random number, short enough to type; used only when a person is at the keyboard.
  var anyNumber: UInt64 { get }

  /// Clears the screen, if there is one.
  func clearScreen()

  /// The time of a clock that only goes forward, in nanoseconds; it decides nothing that a task could see.
  var nanoseconds: UInt64 { get }

  /// Runs copies of this program side by side until they end, each with the same session and a command of its own.
  ///
  /// - Parameters:
  ///   - journal: The journal of the session.
  ///   - commands: For each copy, the command, made from the path of the file that it is to write.
  ///   - goesOn: Asked now and then, with the exit statuses so far; false interrupts those that still run.
  /// - Returns: What they have left behind.
  /// - Throws: Why there are none.
  func runCopies(
    ofSession journal: String,
    commands: [(String) -> String],
    while goesOn: ([Int?]) -> Bool
  ) throws(CopiesRefusal) -> CopiesOutcome

  /// Runs a command of the host's shell with a text as its input, and waits until it ends.
  ///
  /// - Parameters:
  ///   - text: What it reads.
  ///   - command: The command; its output goes where this host's goes.
  /// - Returns: Its exit status.
  /// - Throws: Why it cannot run.
  func pipe(_ text: String, to command: String) throws(HostProgramRefusal) -> Int

  /// Gives the whole screen to a program until it finishes, or somebody asks the process to end.
  ///
  /// - Parameter program: The program.
  /// - Throws: Why it cannot have the screen.
  func runFullScreen(_ program: any FullScreenProgram) throws(FullScreenRefusal)

  /// Has the person change a text in the editor of their choice, and waits until they leave it.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - name: What it is about: part of the name of a file.
  /// - Returns: What the person has made of it.
  /// - Throws: Why it cannot be edited.
  func edit(_ text: String, named name: String) throws(EditorRefusal) -> String
}

extension ShellHost {
  /// They stay as they are.
  package var wraps: Bool { false }

  /// There is none.
  package var hasScreen: Bool { false }

  /// There is no screen.
  package func clearScreen() {}

  /// Writes a line.
  package func notify(_ text: String) { write(text + "\n") }

  /// Shows nothing.
  package func showProgress(_ text: String?) {}

  /// There is nothing to forget.
  package func forgetInterrupt() {}

  /// The number of lines of a classic terminal.
  package var height: Int { 24 }

  /// A clock that stands still.
  package var nanoseconds: UInt64 { 0 }

  /// Refuses: there is no program.
  package func runCopies(
    ofSession journal: String,
    commands: [(String) -> String],
    while goesOn: ([Int?]) -> Bool
  ) throws(CopiesRefusal) -> CopiesOutcome {
    throw CopiesRefusal("there is no program to be run several times")
  }

  /// Refuses: there are no programs.
  package func pipe(_ text: String, to command: String) throws(HostProgramRefusal) -> Int {
    throw HostProgramRefusal("there are no programs to be run here")
  }

  /// A constant.
  package var anyNumber: UInt64 { 0 }

  /// Refuses: there is no screen.
  package func runFullScreen(_ program: any FullScreenProgram) throws(FullScreenRefusal) {
    throw FullScreenRefusal("there is no terminal")
  }

  /// Refuses: nobody can edit.
  package func edit(_ text: String, named name: String) throws(EditorRefusal) -> String {
    throw EditorRefusal("there is no terminal")
  }
}
