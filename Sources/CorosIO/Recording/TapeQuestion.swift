/// What was asked of the world, as a tape keeps it: quickly made and compared, and without the bytes that went out.
enum TapeQuestion: Hashable, Sendable {
  case limit
  case open(String)
  case append(String)
  case listen(String)
  case connect(String)
  case finish
  case accept
  case receive(upTo: Int)
  case send(count: Int, hash: UInt64)
  case shutdown
  /// What no world of this version is asked: from the line of a recording.
  indirect case other(verb: String, argument: String)

  init(_ request: DeviceRequest) {
    switch request {
    case .limit: self = .limit
    case .open(let path, let forWriting): self = forWriting ? .append(path) : .open(path)
    case .listen(let address): self = .listen(address.description)
    case .connect(let address): self = .connect(address.description)
    case .finish: self = .finish
    case .accept: self = .accept
    case .receive(_, let most): self = .receive(upTo: most)
    case .send(_, let bytes): self = .send(count: bytes.count, hash: PlainBytes.hash(bytes))
    case .shutdown: self = .shutdown
    }
  }

  /// Makes a question from its two words.
  init(_ verb: String, _ argument: String) {
    let known: TapeQuestion? =
      switch verb {
      case "limit": .limit
      case "open": .open(argument)
      case "append": .append(argument)
      case "listen": .listen(argument)
      case "connect": .connect(argument)
      case "finish": .finish
      case "accept": .accept
      case "receive": Int(argument).map { .receive(upTo: $0) }
      case "send": Self.send(argument)
      case "shutdown": .shutdown
      default: nil
      }
    // Other words for the same, such as 007, are none that a machine has written.
    self =
      known.flatMap { $0.words == (verb, argument) ? $0 : nil }
      ?? .other(verb: verb, argument: argument)
  }

  private static func send(_ argument: String) -> TapeQuestion? {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let count = Int(parts[0]), let hash = UInt64(parts[1], radix: 16) else {
      return nil
    }
    return .send(count: count, hash: hash)
  }

  /// The question in two words.
  var words: (verb: String, argument: String) {
    switch self {
    case .limit: ("limit", "")
    case .open(let path): ("open", path)
    case .append(let path): ("append", path)
    case .listen(let address): ("listen", address)
    case .connect(let address): ("connect", address)
    case .finish: ("finish", "")
    case .accept: ("accept", "")
    case .receive(let most): ("receive", String(most))
    case .send(let count, let hash): ("send", "\(count):" + String(hash, radix: 16))
    case .shutdown: ("shutdown", "")
    case .other(let verb, let argument): (verb, argument)
    }
  }

  /// Whether it is about bytes that go out.
  var isSending: Bool { if case .send = self { true } else { false } }

  /// The question about a handle, in words.
  func text(of handle: Int) -> String {
    let (verb, argument) = words
    return (handle == 0 ? verb : "h\(handle) \(verb)") + (argument.isEmpty ? "" : " \(argument)")
  }
}
