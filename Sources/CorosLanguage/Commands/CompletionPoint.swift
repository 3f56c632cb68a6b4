/// What is being typed at the cursor, in a line that may be unfinished.
///
/// A line under construction is rarely well formed. So this reader is more lenient than the parser: it
/// accepts an open quote, a lone `&`, and a backslash at the end.
package struct CompletionPoint: Equatable, Sendable {
  /// The words before the one being typed, in the same command; the command's name comes first.
  ///
  /// Quotes are removed; variables keep their spelling.
  package var precedingWords: [String]
  /// The text typed so far, unquoted.
  ///
  /// For a variable: its name so far.
  package var text: String
  /// The bytes to replace: from the start of the word, or from the `$` of the variable, to the cursor.
  package var range: SourceRange
  /// The quote that is open at the cursor.
  package var quote: Quote?
  package var subject: Subject
  /// Whether it belongs to a filter: what stands behind a `|`.
  package var isFilter = false

  package enum Quote: Equatable, Sendable {
    case single
    case double
  }

  package enum Subject: Equatable, Sendable {
    case word
    /// The name of a variable; `braced` if it begins with `${`.
    case variable(braced: Bool)
  }

  /// The position in the command of the word being typed: 0 is its name, 1 its first argument.
  package var wordIndex: Int { precedingWords.count }

  /// Finds what is being typed at the cursor.
  ///
  /// Nil inside a comment.
  ///
  /// - Parameters:
  ///   - line: The line. The text after the cursor is ignored.
  ///   - cursor: A byte offset. It is clamped to the line and moved back to the start of a code point.
  /// - Complexity: Linear in the length of the line.
  package init?(line: String, cursor: Int) {
    var line = line
    let point = line.withUTF8 { bytes in
      var end = min(max(cursor, 0), bytes.count)
      while end > 0, end < bytes.count, UTF8.isContinuation(bytes[end]) { end -= 1 }
      var reader = CompletionReader(bytes: UnsafeBufferPointer(rebasing: bytes[..<end]))
      return reader.point()
    }
    guard let point else { return nil }
    self = point
  }

  package init(words: [String], text: String, range: SourceRange, quote: Quote?, subject: Subject) {
    self.precedingWords = words
    self.text = text
    self.range = range
    self.quote = quote
    self.subject = subject
  }

  /// The text that replaces `range` so that the line contains `candidate`, in the quotes already open.
  ///
  /// - Parameters:
  ///   - candidate: The word, or the name of the variable.
  ///   - isComplete: False if more is to be typed, as after the common prefix of several candidates. Quotes
  ///     and braces then stay open.
  /// - Returns: Text of the command language.
  package func replacement(for candidate: String, isComplete: Bool = true) -> String {
    var written: String
    let bare: Bool
    switch (subject, quote) {
    case (.variable(let braced), _):
      return (braced ? "${" : "$") + candidate + (braced && isComplete ? "}" : "")
    case (.word, .double?):
      written = doubleQuoted(candidate.utf8)
      bare = false
    case (.word, .single?) where !candidate.utf8.contains(UInt8(ascii: "'")):
      written = "'\(candidate)'"
      bare = false
    default:
      written = quoted(candidate)
      bare = written == candidate
    }
    if !isComplete, !bare { written.removeLast() }
    return written
  }
}

/// Reads the bytes before the cursor, and keeps the words of the command at the cursor.
private struct CompletionReader {
  let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0
  private var words: [String] = []
  private var isFilter = false

  /// The word being read.
  private var text: [UInt8] = []
  private var quote: CompletionPoint.Quote?
  /// The offset of the last `$` that can begin a variable.
  private var dollar: Int?

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  mutating func point() -> CompletionPoint? {
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        offset += 1
      case UInt8(ascii: "|"): bar()
      case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "\n"):
        words = []
        isFilter = false
        offset += 1
      case UInt8(ascii: "#"):
        guard let newline = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        offset = newline
      default:
        let start = offset
        word()
        if offset == bytes.count { return point(wordStart: start) }
        words.append(String(decoding: text, as: UTF8.self))
      }
    }
    let end = bytes.count
    var point = CompletionPoint(
      words: words,
      text: "",
      range: end..<end,
      quote: nil,
      subject: .word
    )
    point.isFilter = isFilter
    return point
  }

  /// Takes `|` or `||`; the first joins the programs of `spawn`, and is a word of it.
  private mutating func bar() {
    let isDouble = offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "|")
    offset += isDouble ? 2 : 1
    if !isDouble, !isFilter, let name = words.first, name.hasPrefix("sp"), "spawn".hasPrefix(name) {
      words.append("|")
      return
    }
    isFilter = !isDouble
    words = []
  }

  private func point(wordStart: Int) -> CompletionPoint {
    if let dollar, let (name, braced) = variableName(after: dollar) {
      return CompletionPoint(
        words: words,
        text: name,
        range: dollar..<bytes.count,
        quote: quote,
        subject: .variable(braced: braced)
      )
    }
    var point = CompletionPoint(
      words: words,
      text: String(decoding: text, as: UTF8.self),
      range: wordStart..<bytes.count,
      quote: quote,
      subject: .word
    )
    point.isFilter = isFilter
    return point
  }

  /// The name that begins after a `$`, if only a name lies between the `$` and the cursor.
  private func variableName(after dollar: Int) -> (name: String, braced: Bool)? {
    var rest = bytes[(dollar + 1)...]
    let braced = rest.first == UInt8(ascii: "{")
    if braced { rest = rest.dropFirst() }
    guard rest.allSatisfy(\.continuesName) else { return nil }
    return (String(decoding: rest, as: UTF8.self), braced)
  }

  private mutating func word() {
    text = []
    quote = nil
    dollar = nil
    while offset < bytes.count {
      switch (bytes[offset], quote) {
      case (UInt8(ascii: "'"), nil): turn(quote: .single)
      case (UInt8(ascii: "\""), nil): turn(quote: .double)
      case (UInt8(ascii: "'"), .single?), (UInt8(ascii: "\""), .double?): turn(quote: nil)
      case (UInt8(ascii: "\\"), nil), (UInt8(ascii: "\\"), .double?): escaped()
      case (UInt8(ascii: "$"), nil), (UInt8(ascii: "$"), .double?):
        dollar = offset
        take()
      case (UInt8(ascii: " "), nil), (UInt8(ascii: "\t"), nil), (UInt8(ascii: "\n"), nil),
        (UInt8(ascii: ";"), nil), (UInt8(ascii: "&"), nil), (UInt8(ascii: "|"), nil):
        return
      default: take()
      }
    }
  }

  private mutating func take() {
    text.append(bytes[offset])
    offset += 1
  }

  private mutating func turn(quote: CompletionPoint.Quote?) {
    self.quote = quote
    dollar = nil
    offset += 1
  }

  private mutating func escaped() {
    dollar = nil
    offset += 1
    guard offset < bytes.count else { return }
    if quote == .double, !ByteSet.activeInDoubleQuotes.contains(bytes[offset]) {
      text.append(UInt8(ascii: "\\"))
    }
    take()
  }
}
