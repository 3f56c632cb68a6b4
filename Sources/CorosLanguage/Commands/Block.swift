/// The commands whose blocks hold commands: `repeat 3 { step }`.
package enum BlockWords {
  package static let all = ["repeat", "for", "if", "while", "function"]
}

/// The words of a command before its block, the block, and that behind `else`, as places in the line.
package struct Block: Equatable, Sendable {
  /// All before the first `{`.
  package let head: SourceRange
  /// What is between the braces.
  package let body: SourceRange
  /// What is between the braces behind `else`, or the `if` behind it.
  package let otherwise: SourceRange?

  /// Finds the parts.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - range: The part of it behind the name of the command.
  /// - Throws: That a brace is missing, or that something follows the last one.
  package init(_ line: String, in range: SourceRange) throws(SyntaxError) {
    let bytes = Array(line.utf8)
    guard let open = Self.brace(bytes, from: range.lowerBound, to: range.upperBound) else {
      throw SyntaxError(.missingBlock, at: max(0, range.upperBound - 1)..<range.upperBound)
    }
    let close = Self.end(of: open, bytes, to: range.upperBound)
    head = range.lowerBound..<open
    body = open + 1..<close
    var rest = Self.skipBlanks(bytes, from: close + 1, to: range.upperBound)
    guard rest < range.upperBound else {
      otherwise = nil
      return
    }
    guard bytes[rest...].starts(with: "else".utf8) else {
      throw SyntaxError(.afterBlock, at: rest..<range.upperBound)
    }
    rest = Self.skipBlanks(bytes, from: rest + 4, to: range.upperBound)
    if bytes[rest..<range.upperBound].starts(with: "if".utf8) {
      otherwise = rest..<range.upperBound
      return
    }
    guard rest < range.upperBound, bytes[rest] == UInt8(ascii: "{") else {
      throw SyntaxError(.missingBlock, at: max(0, rest - 1)..<max(rest, 1))
    }
    let end = Self.end(of: rest, bytes, to: range.upperBound)
    otherwise = rest + 1..<end
    rest = Self.skipBlanks(bytes, from: end + 1, to: range.upperBound)
    if rest < range.upperBound { throw SyntaxError(.afterBlock, at: rest..<range.upperBound) }
  }

  /// A line of which only a part is left, at its place: all else is blank.
  package static func part(_ range: SourceRange, of line: String) -> String {
    var bytes = Array(line.utf8)
    for index in bytes.indices where !range.contains(index) && bytes[index] != UInt8(ascii: "\n") {
      bytes[index] = UInt8(ascii: " ")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func skipBlanks(_ bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var index = start
    while index < end, [9, 10, 13, 32].contains(bytes[index]) { index += 1 }
    return min(index, end)
  }

  /// The first `{` that is no part of a text.
  private static func brace(_ bytes: [UInt8], from start: Int, to end: Int) -> Int? {
    var scanner = Scanner()
    return (start..<end).first { scanner.opens(bytes, $0) }
  }

  /// The `}` that belongs to a `{`, which the parser of the line has found before.
  private static func end(of open: Int, _ bytes: [UInt8], to end: Int) -> Int {
    var scanner = Scanner()
    var depth = 0
    for index in open..<end {
      if scanner.opens(bytes, index) { depth += 1 }
      if scanner.closes {
        depth -= 1
        if depth == 0 { return index }
      }
    }
    return max(open + 1, end - 1)
  }

  /// Goes through a line byte by byte, and knows what is text or a comment.
  private struct Scanner {
    private enum Mode { case plain, single, double, comment, variable }
    private var mode = Mode.plain
    private var isEscaped = false
    /// Whether the last byte was a `}` that ends a block.
    private(set) var closes = false

    /// Takes the next byte, and says whether it begins a block.
    mutating func opens(_ bytes: [UInt8], _ index: Int) -> Bool {
      let byte = bytes[index]
      closes = false
      if isEscaped {
        isEscaped = false
        return false
      }
      switch (mode, byte) {
      case (.comment, UInt8(ascii: "\n")): mode = .plain
      case (.comment, _): break
      case (.single, UInt8(ascii: "'")), (.double, UInt8(ascii: "\"")),
        (.variable, UInt8(ascii: "}")):
        mode = .plain
      case (.double, UInt8(ascii: "\\")), (.plain, UInt8(ascii: "\\")): isEscaped = true
      case (.plain, UInt8(ascii: "'")): mode = .single
      case (.plain, UInt8(ascii: "\"")): mode = .double
      case (.plain, UInt8(ascii: "#")):
        let before = index == 0 ? 32 : bytes[index - 1]
        if [9, 10, 32, 59, 123, 125].contains(before) { mode = .comment }
      case (.plain, UInt8(ascii: "{")):
        if index > 0, bytes[index - 1] == UInt8(ascii: "$") {
          mode = .variable
        } else {
          return true
        }
      case (.plain, UInt8(ascii: "}")): closes = true
      default: break
      }
      return false
    }
  }
}
