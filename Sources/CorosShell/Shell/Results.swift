import CorosLanguage

/// Receives the results of a command, and prints each as soon as it is there.
package struct Results<Result: ResultShape> {
  private let shell: Shell
  private let command: String

  package init(of command: String, in shell: Shell) {
    self.command = command
    self.shell = shell
  }
}

extension Results where Result: CommandResult {
  /// Prints a result, as text or as JSON.
  package func add(_ result: Result) {
    shell.report(.object([("command", .string(command))] + result.members)) {
      result.text(in: shell.look)
    }
  }

  /// Prints a remark for a person; a program that reads JSON does not get it.
  package func remark(_ text: String) {
    guard !shell.settings.isJSON else { return }
    shell.monitor.flush()
    shell.output.writeLine(shell.style.paint(text, .faint))
  }
}

extension Results where Result: ListingResult {
  /// Begins a listing.
  ///
  /// - Parameters:
  ///   - result: The values before the rows; it accumulates those after them.
  ///   - page: The rows to show.
  /// - Returns: The listing, which takes the rows.
  package func list(_ result: Result, _ page: Page) -> Listing<Result> {
    Listing(of: command, result, page, in: shell)
  }
}
