/// A set of words that sees quickly, of most words, that they are none of it.
struct KnownWords: Sendable {
  private let words: Set<String>
  /// For each length, the letters with which its words begin: a bit each.
  private let beginnings: [UInt32]

  init(_ words: [String]) {
    self.words = Set(words)
    var beginnings: [UInt32] = []
    for word in words {
      let length = word.utf8.count
      while beginnings.count <= length { beginnings.append(0) }
      beginnings[length] |= Self.bit(of: word)
    }
    self.beginnings = beginnings
  }

  func contains(_ word: String) -> Bool {
    let length = word.utf8.count
    return length < beginnings.count && beginnings[length] & Self.bit(of: word) != 0
      && words.contains(word)
  }

  private static func bit(of word: String) -> UInt32 {
    word.utf8.first.map { 1 << UInt32($0 & 31) } ?? 0
  }
}
