/// Why a text cannot be edited by a program of the person's choice.
package struct EditorRefusal: Error, Equatable, Sendable {
  /// The reason, as a sentence without a full stop.
  package let reason: String
  package let hint: String

  package init(_ reason: String, hint: String = "") {
    self.reason = reason
    self.hint = hint
  }
}
