import CorosIO
import CorosKernel

/// A request of HTTP/1.1, as far as a small server needs it.
struct HTTPRequest {
  let method: String
  let target: String
  let isVersion11: Bool
  private(set) var headers: [(name: String, value: String)] = []
  private(set) var body: [UInt8] = []

  /// What is wrong with a request: the status of the answer.
  enum Fault: Int, Error {
    case bad = 400
    case tooLarge = 413
    case longLine = 414
    case unknownWish = 417
    case largeHeaders = 431
    case unknownCoding = 501
    case version = 505
  }

  static let mostHeaders = 100
  static let largestBody = 65_536

  /// The value of a header, by its name in small letters; nil when it is not there.
  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// Whether the connection stays open after the answer.
  var keepsConnection: Bool {
    guard let value = header("connection") else { return isVersion11 }
    let words = value.lowercased().split(separator: ",").map { Self.trimmed($0) }
    return isVersion11 ? !words.contains("close") : words.contains("keep-alive")
  }

  /// Reads a request; nil when the client has ended instead.
  nonisolated(nonsending) static func read(
    from lines: inout Lines,
    _ os: SystemInterface
  ) async throws -> HTTPRequest? {
    var longLine = Fault.longLine
    do {
      var first = try await lines.next(os)
      // An empty line before a request is forgiven, by RFC 9112, once.
      if first?.isEmpty == true { first = try await lines.next(os) }
      guard let first else { return nil }
      var request = try HTTPRequest(first)
      longLine = .largeHeaders
      try await request.readHeaders(from: &lines, os)
      try await request.readBody(from: &lines, os)
      return request
    } catch Lines.Trouble.tooLong {
      throw longLine
    }
  }

  private init(_ line: [UInt8]) throws {
    let words = Self.words(of: line)
    guard words.count == 3, !words[0].isEmpty, line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }),
      words[0].utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }),
      let target = Self.target(words[1]), words[2].hasPrefix("HTTP/")
    else { throw Fault.bad }
    guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else { throw Fault.version }
    method = words[0]
    self.target = target
    isVersion11 = words[2] == "HTTP/1.1"
  }

  /// What is asked for, as a path; nil if it is none.
  ///
  /// A client may write an address before it, which means nothing here.
  private static func target(_ word: String) -> String? {
    if word.hasPrefix("/") || word == "*" { return word }
    guard word.prefix(7).lowercased() == "http://" else { return nil }
    let path = word.dropFirst(7).drop { $0 != "/" && $0 != "?" }
    return path.hasPrefix("/") ? String(path) : "/" + path
  }

  /// The parts of a line between blanks.
  private static func words(of line: [UInt8]) -> [String] {
    guard line.allSatisfy({ $0 < 0x80 }) else {
      return String(decoding: line, as: UTF8.self)
        .split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
    }
    return line.split(separator: 0x20, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private nonisolated(nonsending) mutating func readHeaders(
    from lines: inout Lines,
    _ os: SystemInterface
  ) async throws {
    while let line = try await lines.next(os) {
      if line.isEmpty {
        if isVersion11, headers.count(where: { $0.name == "host" }) != 1 { throw Fault.bad }
        return
      }
      guard headers.count < Self.mostHeaders else { throw Fault.largeHeaders }
      if let (name, value) = Self.plainHeader(line) {
        headers.append((name, value))
        continue
      }
      // Servers and proxies read control characters differently, so they are a way to smuggle requests.
      guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else { throw Fault.bad }
      let text = String(decoding: line, as: UTF8.self)
      guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { throw Fault.bad }
      let name = text[..<colon].lowercased()
      // A blank before the colon, and a line that continues the one before, are others.
      guard !name.contains(where: \.isWhitespace) else { throw Fault.bad }
      headers.append((name, Self.trimmed(text[text.index(after: colon)...])))
    }
    throw Fault.bad
  }

  /// The name and the value of a line of ASCII that is a header without fault; nil for any other, to be looked at
  /// letter by letter.
  private static func plainHeader(_ line: [UInt8]) -> (name: String, value: String)? {
    guard line.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x09 }),
      let colon = line.firstIndex(of: 0x3A), colon > 0, line[..<colon].allSatisfy({ $0 > 0x20 })
    else { return nil }
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let name = line[..<colon].map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
    var value = line[(colon + 1)...].drop(while: isBlank)
    while let last = value.last, isBlank(last) { value.removeLast() }
    return (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
  }

  private nonisolated(nonsending) mutating func readBody(
    from lines: inout Lines,
    _ os: SystemInterface
  ) async throws {
    if header("transfer-encoding") != nil { throw Fault.unknownCoding }
    let lengths = headers.filter { $0.name == "content-length" }.map(\.value)
    guard let text = lengths.first else { return }
    guard lengths.allSatisfy({ $0 == text }), !text.isEmpty,
      text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    else {
      throw Fault.bad
    }
    guard let length = Int(text), length <= Self.largestBody else { throw Fault.tooLarge }
    if isVersion11, let wish = header("expect") {
      guard wish.lowercased() == "100-continue" else { throw Fault.unknownWish }
      // The client holds its body back until it hears that.
      if !lines.holds(length) {
        try await os.sendAll("HTTP/1.1 100 Continue\r\n\r\n", to: lines.handle)
      }
    }
    body = try await lines.take(length, os)
    if body.count < length { throw Fault.bad }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    String(
      text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed()
    )
  }
}
