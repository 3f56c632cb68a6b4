/// Why two terminals cannot talk about one machine.
package struct AttachError: Error, Equatable, Sendable {
  /// What is wrong, as a sentence without a full stop.
  package let message: String
  /// The way out.
  package let hint: String

  package init(_ message: String, hint: String = "") {
    self.message = message
    self.hint = hint
  }
}
