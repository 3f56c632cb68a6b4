import CorosKernel
import CorosLanguage

/// Texts that are kept whole, each once.
struct TextTable {
  /// The most bytes kept of a text.
  private static let limit = 4_096

  private(set) var texts: [String] = []
  private var numbers: [String: Int] = [:]
  /// The bytes of all texts.
  private(set) var size = 0

  /// The number of a text: what cannot be shown is replaced, and a long one is cut.
  mutating func number(of text: String) -> Int {
    if let number = numbers[text] { return number }
    let shown = Self.shown(text)
    numbers[text] = texts.count
    texts.append(shown)
    size += shown.utf8.count
    return texts.count - 1
  }

  /// The text as a page shows it: what cannot be shown is replaced, and a long one is cut.
  static func shown(_ text: String) -> String {
    let head = text.head(bytes: limit)
    return PhraseTable.printable(head) + (head.utf8.count < text.utf8.count ? "…" : "")
  }
}
