import CorosLanguage

/// Text with the colours of a style, as it goes to a terminal.
enum PaintedText {
  /// Wraps lines that are wider than a terminal, between words; what goes on is indented a little further.
  package static func wrapped(_ text: String, width: Int, _ style: Style) -> String {
    // Most lines are short; a byte is at least a column, but for the codes of colours.
    guard width >= 20, text.utf8.count > width else { return text }
    var result = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !result.isEmpty || line.startIndex != text.startIndex { result += "\n" }
      guard line.utf8.count > width else {
        result += line
        continue
      }
      let styled = StyledLine(painted: line, style)
      guard styled.width > width else {
        result += line
        continue
      }
      let blanks = styled.text.prefix { $0 == " " }.count
      result += styled.wrapped(to: width, indent: blanks + 2).map { $0.painted(style) }
        .joined(separator: "\n")
    }
    return result
  }
}

extension StyledLine {
  /// Reads a line that a style has painted.
  init(painted line: some StringProtocol, _ style: Style) {
    self.init()
    var role = Style.Role.plain
    var rest = line[...]
    while let escape = rest.firstIndex(of: "\u{1B}") {
      append(String(rest[..<escape]), role)
      guard let end = rest[escape...].firstIndex(of: "m") else { return }
      let code = rest[escape..<end].dropFirst(2)
      role = code == "0" ? .plain : style.theme.role(of: String(code))
      rest = rest[rest.index(after: end)...]
    }
    append(String(rest), role)
  }

  /// The line in the colours of a style.
  func painted(_ style: Style) -> String {
    runs.map { style.paint($0.text, $0.role) }.joined()
  }
}
