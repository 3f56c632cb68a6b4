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
}
