/// The appearance of text: colours, width, and the characters that the terminal can show.
package struct Look: Sendable {
  package let style: Style
  /// The maximum number of columns of a line.
  package let width: Int
  /// The number of lines visible at once.
  package let height: Int
  /// Whether charts may use block characters.
  package let isUnicode: Bool
}
