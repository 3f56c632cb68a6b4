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
/// editing command.
struct KeyDecoder {
  private static let pasteBegin: [UInt8] = Array("\u{1B}[200~".utf8)
  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

  private var bytes: [UInt8] = []
  private var next = 0
  private var decoded: [Key] = []
  private var decoder = UTF8Decoder()
  private var isPasting = false
  private var isAfterReturn = false
  private var isASCII: Bool

  init(encoding: TextEncoding) {
    isASCII = encoding == .ascii
  }

  /// Whether the remaining input may be the start of a mark.
  ///
  /// If no more input follows soon, the user pressed Escape: call `settle`.
  var isUndecided: Bool {
    decoded.isEmpty && next < bytes.count && markIsPossible && !markIsComplete
  }

  /// Adds terminal input.
  mutating func feed(_ new: some Sequence<UInt8>) {
    bytes.removeFirst(next)
    next = 0
    bytes.append(contentsOf: new)
  }

  /// The next key, or nil if it needs more input.
  mutating func nextKey() -> Key? {
    while decoded.isEmpty {
      guard next < bytes.count, !isUndecided else { return nil }
      if markIsPossible {
        next += mark.count
        isPasting.toggle()
        isAfterReturn = false
      } else {
        takeByte()
      }
    }
    return decoded.removeFirst()
  }

  /// Decides that the remaining input is not the start of a mark, because nothing followed it.
  mutating func settle() {
    guard isUndecided else { return }
    takeByte()
  }

  /// Discards all pending input.
  mutating func reset() {
    self = KeyDecoder(encoding: isASCII ? .ascii : .utf8)
  }

  private var mark: [UInt8] { isPasting ? Self.pasteEnd : Self.pasteBegin }

  private var markIsPossible: Bool {
    bytes[next] == 0x1B && zip(bytes[next...], mark).allSatisfy { $0 == $1 }
  }

  private var markIsComplete: Bool { bytes.count - next >= mark.count }

  private mutating func takeByte() {
    let byte = bytes[next]
    next += 1
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
