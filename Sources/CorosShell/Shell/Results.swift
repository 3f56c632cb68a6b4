import CorosLanguage

/// Where the results of a command go, one after the other, each as soon as it is there.
struct Results<Result: ResultShape> {
  private let shell: Shell
  private let command: String

  init(of command: String, in shell: Shell) {
    self.command = command
    self.shell = shell
  }
}

extension Results where Result: CommandResult {
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

extension Results where Result: ListingResult {
  /// Begins a listing.
  ///
  /// - Parameters:
  ///   - result: What stands before the rows, and gathers what stands after them.
  ///   - page: Which rows are wanted.
  /// - Returns: Where the rows go.
  func list(_ result: Result, _ page: Page) -> Listing<Result> {
    Listing(of: command, result, page, in: shell)
  }
}
