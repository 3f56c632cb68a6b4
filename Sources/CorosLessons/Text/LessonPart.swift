import CorosLanguage

/// A part of a lesson: what stands behind `#:`, and the lines up to the next one.
struct LessonPart {
  let keyword: String
  /// What stands behind the keyword.
  let rest: String
  /// The line of the keyword, from 1.
  let line: Int
  fileprivate(set) var lines: [String] = []

  /// The lines as text: each is a comment, whose sign is left out.
  func text(in file: String) throws(LessonError) -> String {
    var result: [String] = []
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("# ") {
        result.append(String(line.dropFirst(2)))
      } else if line.hasPrefix("#") {
        result.append(String(line.dropFirst()))
      } else if line.allSatisfy(\.isWhitespace) {
        continue
      } else {
        throw LessonError(
          file,
          self.line + 1 + index,
          "this is a command, and `\(keyword)` is followed by text",
          hint: "a line of text begins with #"
        )
      }
    }
    while result.last?.isEmpty == true { result.removeLast() }
    return result.drop { $0.isEmpty }.joined(separator: "\n")
  }

  /// The lines as commands.
  var script: LessonScript { LessonScript(firstLine: line + 1, lines: lines) }

  /// Fails if anything stands below the keyword.
  func end(in file: String) throws(LessonError) {
    for (index, line) in lines.enumerated() where line.contains(where: { !$0.isWhitespace }) {
      throw LessonError(
        file,
        self.line + 1 + index,
        "nothing belongs below `#: \(keyword)`",
        hint: "a line such as `#: task predict` or `#: hint` may be missing before it"
      )
    }
  }

  /// The most bytes of a lesson.
  static let longest = 256 << 10
  /// The most parts.
  static let mostParts = 1_000

  /// Splits a lesson into its parts.
  static func parts(of text: String, in file: String) throws(LessonError) -> [LessonPart] {
    guard text.utf8.count <= longest else {
      throw LessonError(file, 1, "a lesson cannot be longer than \(longest) bytes")
    }
    var parts: [LessonPart] = []
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("#:") {
        let words = line.dropFirst(2).trimmed.split(separator: " ", maxSplits: 1)
        guard let keyword = words.first else {
          throw LessonError(
            file,
            index + 1,
            "a part needs a name",
            hint: "such as `#: tell` or `#: task predict`"
          )
        }
        guard parts.count < mostParts else {
          throw LessonError(file, index + 1, "a lesson has at most \(mostParts) parts")
        }
        let rest = words.count > 1 ? String(words[1].trimmed) : ""
        parts.append(LessonPart(keyword: String(keyword), rest: rest, line: index + 1))
      } else if parts.isEmpty {
        if line.hasPrefix("#") || line.allSatisfy(\.isWhitespace) { continue }
        throw LessonError(
          file,
          index + 1,
          "this stands before the first part of the lesson",
          hint: "a lesson begins with `#: title`, and commands come after `#: given`"
        )
      } else {
        parts[parts.count - 1].lines.append(String(line))
      }
    }
    return parts
  }
}

extension Substring {
  /// Without blanks at both ends.
  var trimmed: Substring {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
