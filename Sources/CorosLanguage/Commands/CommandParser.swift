extension CommandList {
  /// Parses a line.
  ///
  /// If any part is malformed, the whole line is rejected.
  ///
  /// - Parameter line: The line as typed, without its newline.
  /// - Throws: The leftmost problem, with its place and a hint.
  /// - Complexity: Linear in the length of the line, in constant stack space.
  package init(parsing line: String) throws(SyntaxError) {
    var line = line
    let result: Result<CommandList, SyntaxError> = line.withUTF8 { bytes in
      var parser = CommandParser(bytes: bytes)
      do throws(SyntaxError) {
        return .success(try parser.list())
      } catch {
        return .failure(error)
      }
    }
    self = try result.get()
  }
}

/// A recursive descent parser over the bytes of one line, with one function for each rule of the grammar.
///
/// There is no separate lexer: operators are one or two bytes, and words are read in place. This file has the
/// rules for lists and commands; `CommandParser+Word` has those for words.
struct CommandParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var offset = 0

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// Reads `list = [ pipeline { connector pipeline } [ ";" ] ] [ comment ]`.
  mutating func list() throws(SyntaxError) -> CommandList {
    var entries: [CommandList.Entry] = []
    var connector = Joint(connector: .always, range: 0..<0)
    while true {
      skipBlanks(acrossLines: true)
      if offset == bytes.count { break }
      if let stray = try joint() {
        throw SyntaxError(.nothingBefore(text(stray.range)), at: stray.range)
      }
      var entry = CommandList.Entry(connector: connector.connector, command: try command())
      while let bar = takeBar() {
        skipBlanks(acrossLines: true)
        if offset == bytes.count { throw SyntaxError(.nothingAfter("|"), at: bar) }
        if let stray = try joint() {
          throw SyntaxError(.nothingBefore(text(stray.range)), at: stray.range)
        }
        if bytes[offset] == UInt8(ascii: "!") {
          entry.stages.append(.host(hostCommand()))
          break
        }
        entry.stages.append(.filter(try command()))
      }
      entries.append(entry)
      guard let next = try joint() else { return CommandList(entries: entries) }
      connector = next
    }
    if connector.connector != .always {
      throw SyntaxError(.nothingAfter(text(connector.range)), at: connector.range)
    }
    return CommandList(entries: entries)
  }

  /// Reads all up to the end of the line, which the host's shell will understand.
  private mutating func hostCommand() -> HostCommand {
    let start = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
    var (first, end) = (start + 1, offset)
    func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }
    while first < end, isBlank(bytes[first]) { first += 1 }
    while first < end, isBlank(bytes[end - 1]) { end -= 1 }
    return HostCommand(text: text(first..<end), range: start..<max(end, start + 1))
  }

  /// Reads `command = word { word }`.
  private mutating func command() throws(SyntaxError) -> Command {
    let start = offset
    var end = offset
    var words: [Word] = []
    // Most commands are this short. Growing from an empty array would allocate twice.
    words.reserveCapacity(4)
    repeat {
      words.append(try word())
      end = offset
      skipBlanks()
      while isBarOfSpawn(words) {
        words.append(Word(content: .plain("|"), range: offset..<offset + 1))
        offset += 1
        end = offset
        skipBlanks()
      }
      if words.count == 1, case .plain(let name) = words[0].content,
        Self.definitionWords.contains(name), !isAtBoundary
      {
        let text = try definition(ofCommands: BlockWords.all.contains(name))
        words.append(text)
        end = text.range.upperBound
        skipBlanks()
      }
    } while !isAtBoundary
    return Command(words: words, range: start..<end)
  }

  /// Whether a `|` comes next that joins the programs of `spawn`; it is a word of its own.
  private func isBarOfSpawn(_ words: [Word]) -> Bool {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "|"),
      case .plain(let name)? = words.first?.content, name.hasPrefix("sp"),
      "spawn".hasPrefix(name)
    else { return false }
    return offset + 1 == bytes.count || bytes[offset + 1] != UInt8(ascii: "|")
  }

  /// The commands whose arguments are a definition: text of another grammar, which is kept as it is.
  static let definitionWords = KnownWords(ProgramWords.definitions + BlockWords.all)

  /// Takes a `|` that is not the first half of `||`, and returns its place.
  private mutating func takeBar() -> SourceRange? {
    let bar = UInt8(ascii: "|")
    guard offset < bytes.count, bytes[offset] == bar,
      offset + 1 == bytes.count || bytes[offset + 1] != bar
    else { return nil }
    offset += 1
    return offset - 1..<offset
  }

  /// A connector as written.
  private struct Joint {
    var connector: CommandList.Connector
    var range: SourceRange
  }

  /// Reads `connector = ";" | newline | "&&" | "||"`, or returns nil if something else comes next.
  private mutating func joint() throws(SyntaxError) -> Joint? {
    guard offset < bytes.count else { return nil }
    let byte = bytes[offset]
    switch byte {
    case UInt8(ascii: ";"), UInt8(ascii: "\n"):
      offset += 1
      return Joint(connector: .always, range: offset - 1..<offset)
    case UInt8(ascii: "&"), UInt8(ascii: "|"):
      let isAnd = byte == UInt8(ascii: "&")
      guard offset + 1 < bytes.count, bytes[offset + 1] == byte else {
        throw SyntaxError(isAnd ? .loneAmpersand : .loneBar, at: offset..<offset + 1)
      }
      offset += 2
      return Joint(connector: isAnd ? .and : .or, range: offset - 2..<offset)
    default:
      return nil
    }
  }

  /// Skips blanks and a comment, up to the next word or operator.
  @inline(__always)
  private mutating func skipBlanks(acrossLines: Bool = false) {
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        offset += 1
      case UInt8(ascii: "\n") where acrossLines:
        offset += 1
      case UInt8(ascii: "\r") where endsLine(at: offset):
        offset += 1
      case UInt8(ascii: "\\") where goesOn(at: offset):
        offset += 2
      case UInt8(ascii: "#"):
        skipComment()
      default:
        return
      }
    }
  }

  private mutating func skipComment() {
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") {
      offset += 1
    }
  }

  /// Whether a word ends here: at a blank, an operator or the end of the line.
  @inline(__always)
  var isAtBoundary: Bool {
    guard offset < bytes.count else { return true }
    switch bytes[offset] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: ";"),
      UInt8(ascii: "&"), UInt8(ascii: "|"):
      return true
    case UInt8(ascii: "\r"):
      return endsLine(at: offset)
    case UInt8(ascii: "\\"):
      return goesOn(at: offset)
    default:
      return false
    }
  }

  /// Whether the backslash at `offset` ends a line that goes on in the next one.
  private func goesOn(at offset: Int) -> Bool {
    offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "\n")
  }

  /// Whether the carriage return at `offset` is part of a CRLF line ending.
  private func endsLine(at offset: Int) -> Bool {
    offset + 1 == bytes.count || bytes[offset + 1] == UInt8(ascii: "\n")
  }

  /// The text between two offsets, both at character boundaries.
  @inline(__always)
  func text(_ range: SourceRange) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }
}
