@testable import CorosShell

/// A host that records all text, and interrupts when a test says so.
final class RecordingHost: ShellHost {
  /// Both streams, in the order in which a person would see them.
  private(set) var seen = ""
  private(set) var output = ""
  private(set) var errors = ""
  /// The number of bytes of the largest single text written to standard output.
  private(set) var largestWrite = 0
  var width = 80
  /// How often one may ask before somebody has pressed Ctrl-C; nil for a person who never does.
  var patience: Int? {
    didSet { if oldValue == nil { wasInterrupted = false } }
  }
  /// Whether somebody who asked was told that Ctrl-C was pressed, since patience was last given.
  private(set) var wasInterrupted = false
  /// What is pressed on a full screen, before it is left; nil where there is no such screen.
  var keys: [ScreenKey]?

  /// What a person makes of a text in an editor; nil where there is none.
  var editing: ((String) -> String)?

  func edit(_ text: String, named name: String) throws(EditorRefusal) -> String {
    guard let editing else {
      throw EditorRefusal("there is no editor", hint: "nothing has changed")
    }
    return editing(text)
  }

  /// What programs of the host read, after each command; their status is 0.
  private(set) var piped: [String] = []

  func pipe(_ text: String, to command: String) throws(HostProgramRefusal) -> Int {
    piped.append("\(command): \(text)")
    return command == "false" ? 1 : 0
  }

  /// How often Ctrl-C was taken for obeyed.
  private(set) var forgotten = 0

  func forgetInterrupt() { forgotten += 1 }

  /// What was shown of how far something has come.
  private(set) var progress: [String?] = []

  func showProgress(_ text: String?) { progress.append(text) }

  func write(_ text: String) {
    seen += text
    output += text
    largestWrite = max(largestWrite, text.utf8.count)
  }

  func forgetWrites() {
    largestWrite = 0
  }

  func writeError(_ text: String) {
    seen += text
    errors += text
  }

  var isInterrupted: Bool {
    guard let patience else { return false }
    if patience > 0 { self.patience = patience - 1 }
    if patience == 0 { wasInterrupted = true }
    return patience == 0
  }

  /// Whether what is longer than a screen is shown a screen at a time.
  var hasScreen = false
  /// How many programs have had the full screen.
  private(set) var screens = 0

  func runFullScreen(_ program: any FullScreenProgram) throws(FullScreenRefusal) {
    guard let keys else { throw FullScreenRefusal("there is no screen") }
    screens += 1
    for key in keys { program.press(key) }
  }

  /// The text since the last call.
  func takeSeen() -> String {
    defer { seen = "" }
    return seen
  }

  /// The text of standard output since the last call.
  @discardableResult
  func takeOutput() -> String {
    defer { output = "" }
    return output
  }

  /// The text of standard error since the last call.
  func takeErrors() -> String {
    defer { errors = "" }
    return errors
  }
}
