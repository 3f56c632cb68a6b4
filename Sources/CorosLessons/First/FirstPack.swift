/// The lessons that come with the program; `scripts/lessons` writes this folder from `Lessons/first`.
enum FirstPack {
  /// Their names and texts, in order.
  static let texts: [(name: String, text: String)] = [
    ("turns", turns),
  ]
}
