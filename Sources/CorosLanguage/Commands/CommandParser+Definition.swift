extension CommandParser {
  /// Reads a definition: all up to the `;`, newline, `&&` or `||` that ends the command, outside its braces.
  ///
  /// - Parameter isOfCommands: Whether its blocks hold commands, with the quotes and comments of commands.
  /// - Returns: The definition as one word.
  /// - Throws: What is never closed.
  mutating func definition(ofCommands isOfCommands: Bool = false) throws(SyntaxError) -> Word {
    let start = offset
    var end = offset
    var open: [Int] = []
    while offset < bytes.count {
      let byte = bytes[offset]
      // The results of a block go through filters.
      if open.isEmpty, endsDefinition(byte) || isOfCommands && byte == UInt8(ascii: "|") { break }
      switch byte {
      case UInt8(ascii: "#") where !isOfCommands || isAtStartOfWord(offset):
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
        continue
      case UInt8(ascii: "'") where isOfCommands:
        let start = offset
        offset += 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "'") { offset += 1 }
        guard offset < bytes.count else {
          throw SyntaxError(.unclosedQuote("'"), at: start..<start + 1)
        }
      case UInt8(ascii: "\\") where isOfCommands: offset += 1
      // `${name}` is no block.
      case UInt8(ascii: "{")
      where isOfCommands && offset > 0 && bytes[offset - 1] == UInt8(ascii: "$"):
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "}") { offset += 1 }
      case UInt8(ascii: "\""): try skipText()
      case UInt8(ascii: "{"): open.append(offset)
      case UInt8(ascii: "}"): _ = open.popLast()
      default: break
      }
      if ![UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains(byte) {
        end = min(offset + 1, bytes.count)
      }
      if offset < bytes.count { offset += 1 }
    }
    if let brace = open.first {
      throw SyntaxError(
        isOfCommands ? .unclosedCommands : .unclosedBlock,
        at: brace..<brace + 1
      )
    }
    let range = start..<end
    return Word(
      content: .fragments([Fragment(kind: .quoted, text: text(range), range: range)]),
      range: range
    )
  }

  private func isAtStartOfWord(_ offset: Int) -> Bool {
    guard offset > 0 else { return true }
    return [" ", "\t", "\n", ";", "{", "}"].contains(UnicodeScalar(bytes[offset - 1]))
  }

  private func endsDefinition(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ";"), UInt8(ascii: "\n"): true
    case UInt8(ascii: "&"), UInt8(ascii: "|"):
      offset + 1 < bytes.count && bytes[offset + 1] == byte
    default: false
    }
  }

  /// Goes to the quote that ends a text, which cannot go on in the next line.
  private mutating func skipText() throws(SyntaxError) {
    let start = offset
    offset += 1
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      if bytes[offset] == UInt8(ascii: "\n") { break }
      if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count { offset += 1 }
      offset += 1
    }
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
      throw SyntaxError(.unclosedQuote("\""), at: start..<start + 1)
    }
  }
}

/// Whether a line goes on in the next one, because a brace is open in it or a backslash ends it.
package struct OpenBlocks {
  private var depth = 0
  /// Whether a backslash ends the last line.
  private var isContinued = false
  /// Whether the block holds commands, with their quotes and comments.
  private let isOfCommands: Bool

  /// Looks at a line by itself.
  ///
  /// - Parameter line: The first line of what may have several.
  package init?(_ line: String) {
    // Most lines are complete, and it takes little time to see that.
    guard line.utf8.last == UInt8(ascii: "\\") || Self.opens(line) else {
      return nil
    }
    do throws(SyntaxError) {
      _ = try CommandList(parsing: line)
      return nil
    } catch {
      switch error.problem {
      case .unclosedBlock: isOfCommands = false
      case .unclosedCommands: isOfCommands = true
      case .unfinishedEscape:
        (isOfCommands, isContinued) = (true, true)
        return
      default: return nil
      }
    }
    count(line.utf8.dropFirst(0))
  }

  /// Whether there is a brace in a line; by its bytes in place, since each line of a script is asked.
  private static func opens(_ line: String) -> Bool {
    let brace = UInt8(ascii: "{")
    return line.utf8.withContiguousStorageIfAvailable { $0.contains(brace) }
      ?? line.utf8.contains(brace)
  }

  /// Whether more lines belong to it.
  package var isOpen: Bool { depth > 0 || isContinued }

  /// Takes in the next line.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - text: The lines so far, to which it is added.
  package mutating func add(_ line: String, to text: inout String) {
    text += "\n" + line
    guard isContinued else { return count(line.utf8[...]) }
    isContinued = line.utf8.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
    // What was continued may end in a brace that is open.
    if !isContinued, line.utf8.contains(UInt8(ascii: "{")), let blocks = OpenBlocks(text) {
      self = blocks
    }
  }

  private mutating func count(_ line: Substring.UTF8View) {
    var quote: UInt8?
    var isEscaped = false
    var isComment = false
    var last = UInt8(ascii: " ")
    for byte in line {
      defer { last = byte }
      // A definition that comes back from the history has several lines.
      if byte == UInt8(ascii: "\n") {
        isComment = false
        isEscaped = false
        if quote == UInt8(ascii: "\"") { quote = nil }
        continue
      }
      if isComment { continue }
      if isEscaped {
        isEscaped = false
        continue
      }
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") || quote == nil && isOfCommands {
        isEscaped = true
        continue
      }
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "#") where !isOfCommands || [9, 10, 32, 59, 123, 125].contains(last):
        isComment = true
      case UInt8(ascii: "\""): quote = byte
      case UInt8(ascii: "'") where isOfCommands: quote = byte
      case UInt8(ascii: "{") where isOfCommands && last == UInt8(ascii: "$"):
        quote = UInt8(ascii: "}")
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"): depth -= 1
      default: break
      }
    }
  }
}
