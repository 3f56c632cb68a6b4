/// The appearance of text: colours, width, and the characters that the terminal can show.
struct Look: Sendable {
  let style: Style
  /// The maximum number of columns of a line.
  let width: Int
  /// The number of lines visible at once.
  let height: Int
  /// Whether charts may use block characters.
  let isUnicode: Bool
}
