/// A word, a sign or a literal of Swift source.
struct Token: Equatable {
  enum Kind: Equatable {
    case word
    case number
    /// A string literal; its text is the part between the quotes, without interpolations.
    case string
    case sign
  }

  let kind: Kind
  let text: String
  /// The line, from 1.
  let line: Int

  func `is`(_ text: String) -> Bool { kind != .string && self.text == text }
}
