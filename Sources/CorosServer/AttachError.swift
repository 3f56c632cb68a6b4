/// Why two terminals cannot talk about one machine.
package struct AttachError: Error, Equatable, Sendable {
  /// What is wrong, as a sentence without a full stop.
  package let message: String
  /// The way out.
  package let hint: String

  /// A machine is there, and says nothing.
  package static let silent = AttachError(
    "the machine does not answer: it is busy with one step, or stopped",
    hint: "try again later"
  )

  package init(_ message: String, hint: String = "") {
    self.message = message
    self.hint = hint
  }
}
