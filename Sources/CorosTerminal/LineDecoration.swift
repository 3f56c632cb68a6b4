/// What is drawn of a line while it is typed besides its text: colours, and what may follow.
package struct LineDecoration: Equatable, Sendable {
  /// A part of the line in a colour.
  package struct Span: Equatable, Sendable {
    /// Its place, in UTF-8 offsets of the line.
    package var range: Range<Int>
    package var style: Prompt.Style

    package init(_ range: Range<Int>, _ style: Prompt.Style) {
      self.range = range
      self.style = style
    }
  }

  /// The coloured parts, from left to right; they do not overlap.
  package var spans: [Span]

  /// What is offered to stand behind the line; empty for nothing.
  package var suggestion: String

  /// How the suggestion is painted, so that nobody takes it for something typed.
  package var suggestionStyle: Prompt.Style

  package init(
    spans: [Span] = [],
    suggestion: String = "",
    suggestionStyle: Prompt.Style = .init(codes: "90")
  ) {
    self.spans = spans
    self.suggestion = suggestion
    self.suggestionStyle = suggestionStyle
  }
}
