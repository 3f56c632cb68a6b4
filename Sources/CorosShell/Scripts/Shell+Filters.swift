import CorosLanguage

extension Shell {
  /// Runs a command, and sends its results through filters.
  func run(
    through commands: [Command],
    _ body: () throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    var filters: [Filter] = []
    for command in commands {
      let words: [Argument]
      do throws(SyntaxError) {
        words = try command.expanded(with: variables)
      } catch {
        throw CommandFailure(error)
      }
      if !words.isEmpty { filters.append(try Filter(words)) }
    }
    let outer = console
    monitor.flush()
    outer.output.flush()
    let captured = CapturingHost(host)
    var plain = settings
    (plain.isColored, plain.isInteractive) = (false, false)
    console = Console(host: captured, settings: plain)
    let result: Swift.Result<Void, CommandFailure>
    do throws(CommandFailure) {
      try body()
      result = .success(())
    } catch {
      result = .failure(error)
    }
    monitor.flush()
    console.output.flush()
    console = outer
    send(captured.text, through: filters)
    try result.get()
  }

  private func send(_ text: String, through filters: [Filter]) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for filter in filters {
      lines = filter.apply(to: lines, isJSON: settings.isJSON)
    }
    output.write(lines.map { $0 + "\n" }.joined())
  }
}

/// Keeps what a command prints; diagnostics go where they always go.
final class CapturingHost: ShellHost {
  private let outer: any ShellHost
  private(set) var text = ""

  init(_ outer: any ShellHost) { self.outer = outer }

  func write(_ text: String) { self.text += text }
  func writeError(_ text: String) { outer.writeError(text) }
  var isInterrupted: Bool { outer.isInterrupted }
  func forgetInterrupt() { outer.forgetInterrupt() }
  var width: Int { outer.width }
  var height: Int { outer.height }
  func showProgress(_ text: String?) { outer.showProgress(text) }
  var anyNumber: UInt64 { outer.anyNumber }
}
