/// What a typed value must be, in words that follow its name: the same for programs' arguments and policies' settings.
enum ValueRule {
  /// A whole number of a range.
  static func number(in range: ClosedRange<Int>) -> String {
    "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
  }

  /// One of a few words.
  static func word(of words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return "must be \(words.first ?? "")" }
    return "must be \(words.dropLast().joined(separator: ", ")) or \(last)"
  }
}
