import CorosLanguage

/// Commands of a lesson, with their place in its file.
package struct LessonScript: Equatable, Sendable {
  /// The line of the first command, from 1.
  package let firstLine: Int
  package let lines: [String]

  package init(firstLine: Int = 1, lines: [String] = []) {
    self.firstLine = firstLine
    self.lines = lines
  }

  /// The lines that are not empty.
  package var commands: [String] { lines.filter { $0.contains { !$0.isWhitespace } } }

  /// The commands in one line, as they can be typed.
  package var line: String { excerpt(of: commands.joined(separator: "; "), limit: 60) }

  package var isEmpty: Bool { commands.isEmpty }

  /// The commands behind as many empty lines as come before them in the file: so errors name the right line.
  package var padded: String {
    String(repeating: "\n", count: firstLine - 1) + lines.map { $0 + "\n" }.joined()
  }
}
