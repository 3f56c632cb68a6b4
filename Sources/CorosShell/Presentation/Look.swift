/// How text is to look: colours, width, and the characters that the terminal has.
struct Look: Sendable {
  let style: Style
  /// How many columns a line may take.
  let width: Int
  /// How many lines can be seen at once.
  let height: Int
  /// Whether charts may use block characters.
  let isUnicode: Bool
}
