/// What is wrong with a definition, where, and the way out.
package struct ProgramError: Error, Diagnostic, Equatable, Sendable {
  package let message: String
  package let hint: String
  /// The place in the text of the definition.
  package let range: SourceRange

  package init(_ message: String, at range: SourceRange, hint: String = "") {
    self.message = message
    self.hint = hint
    self.range = range
  }
}
