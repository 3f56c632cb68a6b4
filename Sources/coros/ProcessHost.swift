import CorosShell
import CorosTerminal

/// The shell's host in this process: standard output and error, or the editor while a line is typed.
final class ProcessHost: ShellHost {
  /// The editor, while there is a prompt that output must not disturb.
  weak var editor: LineEditor?
  /// The terminal, if full-screen programs can use it.
  var screen: (terminal: TerminalInfo, encoding: TextEncoding)?
  private let isTerminal = Process.isTerminal(Process.standardOutput)
  private var hasFailed = false

  var isInterrupted: Bool {
    Signals.isInterruptPending || Signals.pendingTermination != nil
  }

  var width: Int {
    isTerminal ? TerminalSize.current().columns : 80
  }

  var height: Int {
    isTerminal ? TerminalSize.current().rows : 24
  }

  var anyNumber: UInt64 { .random(in: 1...999_999) }

  func runFullScreen(_ program: any FullScreenProgram) throws(FullScreenRefusal) {
    guard let screen else { throw FullScreenRefusal("there is no terminal") }
    do throws(ScreenError) {
      try FullScreen.run(
        StepperScreen(program),
        terminal: screen.terminal,
        encoding: screen.encoding
      )
    } catch {
      throw FullScreenRefusal(error.description)
    }
  }

  func write(_ text: String) {
    if let editor, editor.isEditing {
      editor.printAbove(text)
    } else if !Process.write(visible(text), to: Process.standardOutput) {
      fail()
    }
  }

  func writeError(_ text: String) {
    if let editor, editor.isEditing {
      editor.printAbove(text)
    } else {
      Process.write(visible(text), to: Process.standardError)
    }
  }

  /// Output of tasks must not move the cursor of a terminal; a pipe gets it unchanged.
  private func visible(_ text: String) -> String {
    isTerminal ? OutputSanitizer.neutralized(text, keepingColor: true) : text
  }

  /// Ends the process: without an output, further results would be lost.
  private func fail() {
    guard !hasFailed else { return }
    hasFailed = true
    Process.write("coros: cannot write to standard output\n", to: Process.standardError)
    Process.exit(1)
  }
}
