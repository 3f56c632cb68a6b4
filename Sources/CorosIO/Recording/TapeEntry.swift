import CorosKernel

/// One thing that was asked of the world, and what came in: a line of a recording.
///
/// Bytes that went out are not kept: their number and a hash are.
public struct TapeEntry: Hashable, Sendable {
  /// In memory of its own, which a tape and a journal share.
  let record: TapeRecord

  /// Which handle it was about; 0 for those that open one.
  public var handle: Int { record.handle }
  /// What was asked: `receive`.
  public var verb: String { record.question.words.verb }
  /// With which argument: an address, a number, or the number and the hash of bytes.
  public var argument: String { record.question.words.argument }
  /// How it was answered.
  var result: DeviceResult { record.result }

  /// How many bytes it takes to keep.
  var size: Int {
    if case .bytes(let bytes) = record.result { 64 + bytes.count } else { 64 }
  }

  init(_ handle: Int, _ question: TapeQuestion, _ result: DeviceResult) {
    record = TapeRecord(handle, question, result)
  }

  /// What was asked, without the answer.
  var question: String { record.question.text(of: handle) }

  /// Whether it answers a question about a handle.
  func answers(_ question: TapeQuestion, of handle: Int) -> Bool {
    record.handle == handle && record.question == question
  }
}

/// What an entry of a tape says.
final class TapeRecord: IncomingAnswer {
  let handle: Int
  let question: TapeQuestion
  let result: DeviceResult

  init(_ handle: Int, _ question: TapeQuestion, _ result: DeviceResult) {
    self.handle = handle
    self.question = question
    self.result = result
  }

  var line: String { text(hidesBytes: false) }

  func text(hidesBytes: Bool) -> String {
    let name = handle == 0 ? "-" : "h\(handle)"
    var (verb, argument) = question.words
    if hidesBytes, case .send(let count, _) = question {
      // By the hash one could find out whether a guess of the bytes is right.
      argument = "\(count):hidden"
    }
    let words =
      "\(name) \(verb) " + (argument.isEmpty ? "-" : PlainBytes.escaped(Array(argument.utf8)))
    switch result {
    case .opened(let key, let address, let isAlwaysReady):
      return
        "\(words) opened \(key) \(isAlwaysReady ? "file" : "stream") \(PlainBytes.escaped(Array(address.utf8)))"
    case .bytes(let bytes) where bytes.isEmpty: return "\(words) end"
    case .bytes(let bytes):
      return "\(words) "
        + (hidesBytes ? "hidden \(bytes.count)" : "bytes \(PlainBytes.escaped(bytes))")
    case .count(let count): return "\(words) count \(count)"
    case .done: return "\(words) done"
    case .again: return "\(words) again"
    case .failed(let number): return "\(words) failed \(number)"
    }
  }
}

extension TapeRecord: Hashable {
  static func == (left: TapeRecord, right: TapeRecord) -> Bool {
    left.handle == right.handle && left.question == right.question && left.result == right.result
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(handle)
    hasher.combine(question)
    hasher.combine(result)
  }
}

extension TapeEntry: CustomStringConvertible {
  /// The entry as a line: `h2 receive 16384 bytes hello%0A`.
  public var description: String { record.line }

  /// The entry as a line.
  ///
  /// - Parameter hidesBytes: whether to write only how many bytes came and went, not which. Such a line cannot be
  ///   replayed.
  /// - Returns: the line.
  public func text(hidesBytes: Bool) -> String { record.text(hidesBytes: hidesBytes) }

  /// Whether a line is one that hides bytes.
  package static func hidesBytes(_ text: String) -> Bool {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count > 3 else { return false }
    return words[3] == "hidden" || words[1] == "send" && words[2].hasSuffix(":hidden")
  }

  /// Reads a line; nil when it is none.
  public init?(_ text: some StringProtocol) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
    guard words.count >= 4 else { return nil }
    let number: Int? = words[0] == "-" ? 0 : words[0].first == "h" ? Int(words[0].dropFirst()) : nil
    guard let number, number >= 0, let argument = PlainBytes.text(words[2]),
      let result = Self.result(Array(words[3...]))
    else { return nil }
    self.init(number, TapeQuestion(words[1], argument == "-" ? "" : argument), result)
  }

  private static func result(_ words: [String]) -> DeviceResult? {
    switch (words[0], words.count) {
    case ("opened", 4):
      guard let key = Int(words[1]), key > 0, words[2] == "file" || words[2] == "stream",
        let address = PlainBytes.text(words[3])
      else { return nil }
      return .opened(key: key, address: address, isAlwaysReady: words[2] == "file")
    case ("bytes", 2):
      guard let bytes = PlainBytes.bytes(words[1]), !bytes.isEmpty else { return nil }
      return .bytes(bytes)
    case ("end", 1): return .bytes([])
    case ("count", 2): return Int(words[1]).flatMap { $0 >= 0 ? .count($0) : nil }
    case ("done", 1): return .done
    case ("again", 1): return .again
    case ("failed", 2): return Int32(words[1]).flatMap { $0 > 0 ? .failed($0) : nil }
    default: return nil
    }
  }
}
