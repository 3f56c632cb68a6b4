import CorosLanguage

/// Where the results of a command go, one after the other, each as soon as it is there.
struct Results<Result: CommandResult> {
  private let shell: Shell
  private let command: String

  init(of command: String, in shell: Shell) {
    self.command = command
    self.shell = shell
  }

  /// Shows a result in the form that was asked for.
  func add(_ result: Result) {
    shell.report(.object([("command", .string(command))] + result.members)) {
      result.text(in: shell.look)
    }
  }

  /// Tells a person something on the way; a program that reads JSON is not told.
  func remark(_ text: String) {
    guard !shell.settings.isJSON else { return }
    shell.monitor.flush()
    shell.output.writeLine(shell.style.paint(text, .faint))
  }
}
