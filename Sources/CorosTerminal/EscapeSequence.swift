/// Finds where the escape sequences of keys and answers of terminals end.
enum EscapeSequence {
  /// What the beginning of some input is.
  enum Extent: Equatable {
    /// No sequence; a Meta key is none either.
    case none
    /// The beginning of a sequence.
    case unfinished
    /// A sequence of so many bytes.
    case finished(Int)
  }

  private static let escape: UInt8 = 0x1B
  /// What is longer is no sequence.
  private static let limits = (control: 64, string: 4_096)

  /// How far the sequence at the beginning of some input goes.
  static func extent(of input: ArraySlice<UInt8>) -> Extent {
    guard input.first == escape else { return .none }
    guard let kind = input.dropFirst().first else { return .unfinished }
    let rest = input.dropFirst(2)
    return switch kind {
    // Function keys of the Linux console have one more bracket.
    case UInt8(ascii: "[") where rest.first == UInt8(ascii: "["):
      rest.count > 1 ? .finished(4) : .unfinished
    case UInt8(ascii: "["): control(rest, parameters: 0x20..<0x40)
    case UInt8(ascii: "O"): control(rest, parameters: 0x30..<0x3C)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"),
      UInt8(ascii: "X"):
      string(rest)
    default: .none
    }
  }

  /// Parameters, and a final byte.
  private static func control(_ rest: ArraySlice<UInt8>, parameters: Range<UInt8>) -> Extent {
    let count = rest.prefix { parameters.contains($0) }.count
    guard count <= limits.control else { return .none }
    guard let last = rest.dropFirst(count).first else { return .unfinished }
    return (0x40..<0x7F).contains(last) ? .finished(count + 3) : .none
  }

  /// Anything, up to a bell or a string terminator.
  private static func string(_ rest: ArraySlice<UInt8>) -> Extent {
    var wasEscape = false
    for (index, byte) in rest.prefix(limits.string).enumerated() {
      if byte == 0x07 || wasEscape && byte == UInt8(ascii: "\\") { return .finished(index + 3) }
      wasEscape = byte == escape
    }
    return rest.count < limits.string ? .unfinished : .none
  }

  /// The sequences in a text in which escape is written as in `.editrc`: `\e`, `\033` or `^[`.
  static func sequences(in text: String) -> Set<[UInt8]> {
    var bytes = Array(text.utf8)
    for spelling in ["\\e", "\\E", "\\033", "^["] {
      bytes = replacing(Array(spelling.utf8), in: bytes)
    }
    var found: Set<[UInt8]> = []
    for index in bytes.indices where bytes[index] == escape {
      if case .finished(let count) = extent(of: bytes[index...]) {
        found.insert(Array(bytes[index..<index + count]))
      }
    }
    return found
  }

  private static func replacing(_ spelling: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: spelling) {
        result.append(escape)
        index += spelling.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }
}
