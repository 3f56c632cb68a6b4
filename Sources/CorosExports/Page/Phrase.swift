/// A text as a page keeps it: a pattern, and the numbers that stand in its places.
///
/// Texts of a run differ mostly in numbers, so few patterns serve for many texts.
struct Phrase: Equatable {
  /// No text.
  static let none = Phrase(pattern: 0, numbers: [])

  /// The number of the pattern in the ``PhraseTable``.
  let pattern: Int
  let numbers: [Int]

  /// The numbers by which a row names the phrase.
  var code: [Int] { [pattern] + numbers }
}
