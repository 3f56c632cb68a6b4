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
    case manyHeaders = 431
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
    _ os: SystemInterface,
    timeout: Tick?
  ) async throws -> HTTPRequest? {
    do {
      var first = try await lines.next(os, timeout: timeout)
      // An empty line before a request is forgiven, by RFC 9112, once.
      if first?.isEmpty == true { first = try await lines.next(os, timeout: timeout) }
      guard let first else { return nil }
      var request = try HTTPRequest(first)
      try await request.readHeaders(from: &lines, os, timeout)
      try await request.readBody(from: &lines, os)
      return request
    } catch Lines.Trouble.tooLong {
      throw Fault.longLine
    }
  }

  private init(_ line: [UInt8]) throws {
    let words = Self.words(of: line)
    guard words.count == 3, !words[0].isEmpty,
      words[0].utf8.allSatisfy({ $0 >= 0x41 && $0 <= 0x5A }),
      words[1].hasPrefix("/") || words[1] == "*", words[2].hasPrefix("HTTP/")
    else { throw Fault.bad }
    guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else { throw Fault.version }
    method = words[0]
    target = words[1]
    isVersion11 = words[2] == "HTTP/1.1"
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
    _ os: SystemInterface,
    _ timeout: Tick?
  ) async throws {
    while let line = try await lines.next(os, timeout: timeout) {
      if line.isEmpty {
        if isVersion11, headers.count(where: { $0.name == "host" }) != 1 { throw Fault.bad }
        return
      }
      guard headers.count < Self.mostHeaders else { throw Fault.manyHeaders }
      if let (name, value) = Self.plainHeader(line) {
        headers.append((name, value))
        continue
      }
      let text = String(decoding: line, as: UTF8.self)
      guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { throw Fault.bad }
      let name = text[..<colon].lowercased()
      // A blank before the colon, and a line that continues the one before, are ways to smuggle requests.
      guard !name.contains(where: \.isWhitespace) else { throw Fault.bad }
      headers.append((name, Self.trimmed(text[text.index(after: colon)...])))
    }
    throw Fault.bad
  }

  /// The name and the value of a line of ASCII that is a header without fault; nil for any other, to be looked at
  /// letter by letter.
  private static func plainHeader(_ line: [UInt8]) -> (name: String, value: String)? {
    guard line.allSatisfy({ $0 < 0x80 }), let colon = line.firstIndex(of: 0x3A), colon > 0,
      line[..<colon].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
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
    body = try await lines.take(length, os)
    if body.count < length { throw Fault.bad }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    String(
      text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed()
    )
  }
}
