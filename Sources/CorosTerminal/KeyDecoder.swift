/// One character from the keyboard.
struct Key: Equatable {
  var scalar: Unicode.Scalar

  /// Whether it is part of a paste: a pasted tab is text, a typed one asks for completion.
  var isPasted = false
}

/// Decodes terminal input into keys, and distinguishes pasted text from typed text.
///
/// With bracketed paste on, a terminal sends a paste between `ESC [ 200 ~` and `ESC [ 201 ~`. libedit does
/// not know these marks and would insert their letters, so they are removed here. Inside a paste a line
/// ending is a newline, a tab is a tab, and other control characters are dropped: pasted text cannot run an
/// editing command. Keys that nothing is bound to and answers of the terminal are dropped, too.
struct KeyDecoder {
  private static let pasteBegin: [UInt8] = Array("\u{1B}[200~".utf8)
  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

  private var bytes: [UInt8] = []
  private var next = 0
  private var decoded: [Key] = []
  private var decoder = UTF8Decoder()
  private var isPasting = false
  /// Whether the rest of an abandoned paste is dropped, up to its end.
  private(set) var isDiscarding = false
  private var isAfterReturn = false
  private let isASCII: Bool
  private let isBound: ([UInt8]) -> Bool

  /// Makes a decoder.
  ///
  /// - Parameters:
  ///   - encoding: The terminal's character set.
  ///   - isBound: Whether a key that sends this escape sequence means anything. Default: each does.
  init(encoding: TextEncoding, isBound: @escaping ([UInt8]) -> Bool = { _ in true }) {
    isASCII = encoding == .ascii
    self.isBound = isBound
  }

  /// Whether the remaining input is Escape or a Meta key unless more follows soon; if not, call `settle`.
  ///
  /// No person types more of a sequence than that so fast: for the rest of a longer one it is worth waiting.
  var isUndecided: Bool { isUnfinished && bytes.count - next <= 2 }

  /// Adds terminal input.
  mutating func feed(_ new: some Sequence<UInt8>) {
    bytes.removeFirst(next)
    next = 0
    bytes.append(contentsOf: new)
  }

  /// The next key, or nil if it needs more input.
  mutating func nextKey() -> Key? {
    while decoded.isEmpty {
      guard next < bytes.count, !isUnfinished else { return nil }
      takeNext()
    }
    return decoded.removeFirst()
  }

  /// Decides that the remaining input is not the start of a sequence, because nothing followed it.
  mutating func settle() {
    guard isUndecided else { return }
    takeByte()
  }

  /// Discards all pending input, and what is still to come of a paste.
  mutating func reset() {
    let rest = bytes[next...]
    let hasEnd = rest.indices.contains { rest[$0...].starts(with: Self.pasteEnd) }
    let isCut = (isPasting || isDiscarding) && !hasEnd
    self = KeyDecoder(encoding: isASCII ? .ascii : .utf8, isBound: isBound)
    isDiscarding = isCut
  }

  /// Decides that nothing more comes of an abandoned paste.
  mutating func stopDiscarding() { isDiscarding = false }

  /// Whether the remaining input may be the start of a sequence that matters.
  private var isUnfinished: Bool {
    guard decoded.isEmpty, next < bytes.count else { return false }
    let rest = bytes[next...]
    guard isPasting || isDiscarding else { return EscapeSequence.extent(of: rest) == .unfinished }
    return rest.count < Self.pasteEnd.count && Self.pasteEnd.starts(with: rest)
  }

  private mutating func takeNext() {
    let rest = bytes[next...]
    if isPasting || isDiscarding {
      guard rest.starts(with: Self.pasteEnd) else { return takeByte() }
      next += Self.pasteEnd.count
      (isPasting, isDiscarding, isAfterReturn) = (false, false, false)
      return
    }
    guard case .finished(let count) = EscapeSequence.extent(of: rest) else { return takeByte() }
    let sequence = Array(rest.prefix(count))
    if sequence == Self.pasteBegin {
      next += count
      isPasting = true
    } else if isBound(sequence) {
      for _ in 0..<count { takeByte() }
    } else {
      next += count
    }
  }

  private mutating func takeByte() {
    let byte = bytes[next]
    next += 1
    if isDiscarding { return }
    // Without UTF-8, libedit would take a byte above ASCII for a Meta key.
    if isASCII, byte > 0x7F { return }
    for scalar in decoder.decode(byte) {
      if let key = isPasting ? pasted(scalar) : Key(scalar: scalar) { decoded.append(key) }
    }
  }

  private mutating func pasted(_ scalar: Unicode.Scalar) -> Key? {
    let wasAfterReturn = isAfterReturn
    isAfterReturn = scalar == "\r"
    switch scalar {
    case "\r": return Key(scalar: "\n", isPasted: true)
    case "\n": return wasAfterReturn ? nil : Key(scalar: "\n", isPasted: true)
    case "\t": return Key(scalar: "\t", isPasted: true)
    case _ where scalar.properties.generalCategory == .control: return nil
    default: return Key(scalar: scalar, isPasted: true)
    }
  }
}
