import CorosLanguage

extension Shell {
  /// The line of the history that a line from the prompt stands for.
  ///
  /// `!!` is the last one, `!7` the seventh, and `!sp` the last that begins so; what follows is added to it. A person
  /// sees which line it is. Any other line stands for itself.
  ///
  /// - Returns: The line; nil, after the reason was told, where there is none.
  package func recalled(_ line: String) -> String? {
    guard line.first == "!", line.count > 1 else { return line }
    let event = line.dropFirst().prefix { !$0.isWhitespace && $0 != ";" && $0 != "|" }
    let rest = line.dropFirst(1 + event.count)
    guard let found = entry(String(event)) else {
      let range = 0..<1 + event.utf8.count
      fail(
        CommandFailure(
          event.allSatisfy(\.isNumber)
            ? "the history has no line \(excerpt(of: String(event)))"
            : "no line of the history begins with '\(excerpt(of: String(event)))'",
          at: range,
          hint: "`history` lists them with their numbers; !! is the last one"
        ),
        line,
        .prompt
      )
      return nil
    }
    let whole = found + rest
    output.writeLine(style.paint(whole, .faint))
    return whole
  }

  private func entry(_ event: String) -> String? {
    if event == "!" { return history.last }
    if let number = Int(event) {
      let index = number < 0 ? history.count + number : number - 1
      return history.indices.contains(index) ? history[index] : nil
    }
    return history.last { $0.hasPrefix(event) }
  }
}
