/// One line of a program: its words, without comment.
struct SourceLine {
  /// Words, and where they stand in the line, in bytes.
  struct Part {
    let text: Substring
    let range: Range<Int>

    init(_ text: Substring) {
      // Blanks around it do not belong to it.
      let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
      var end = text.endIndex
      while start < end, text[text.index(before: end)].isWhitespace {
        end = text.index(before: end)
      }
      self.text = text[start..<end]
      let utf8 = text.base.utf8
      let first = utf8.distance(from: utf8.startIndex, to: start)
      range = first..<first + self.text.utf8.count
    }
  }

  let number: Int
  /// The first word: a label, a directive or the name of an instruction.
  let name: Part
  /// What follows it, up to the comment.
  let rest: Part

  /// Reads a line; nil when nothing is written in it but blanks and a comment.
  init?(_ line: Substring, number: Int) {
    // A line of its own, so that places in it begin at 0.
    let line = String(line)
    let code = Part(line.prefix { $0 != "#" })
    if code.text.isEmpty { return nil }
    self.number = number
    name = Part(code.text.prefix { !$0.isWhitespace })
    rest = Part(code.text.dropFirst(name.text.count))
  }

  /// The parts between commas, but for those within parentheses.
  var operands: [Part] {
    if rest.text.isEmpty { return [] }
    var parts: [Part] = []
    var depth = 0
    var start = rest.text.startIndex
    for index in rest.text.indices {
      switch rest.text[index] {
      case "(": depth += 1
      case ")": depth -= 1
      case "," where depth <= 0:
        parts.append(Part(rest.text[start..<index]))
        start = rest.text.index(after: index)
      default: break
      }
    }
    parts.append(Part(rest.text[start...]))
    return parts
  }

  /// The instruction as it is written, with single blanks.
  var words: String {
    let operands = operands.map { $0.text.split(whereSeparator: \.isWhitespace).joined() }
    return operands.isEmpty
      ? String(name.text) : "\(name.text) \(operands.joined(separator: ", "))"
  }

  func error(_ message: String, at part: Part? = nil, hint: String = "") -> AssemblyError {
    AssemblyError(message, line: number, range: (part ?? name).range, hint: hint)
  }
}
