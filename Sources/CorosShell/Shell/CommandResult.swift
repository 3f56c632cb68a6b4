package import CorosLanguage
package import CorosSession

/// The result of a command, in any form.
package protocol ResultShape: SendableMetatype {
  /// The possible lines of JSON, for the reference.
  static var lines: [ResultLine] { get }
}

/// The result of a command: a value that is shown as text, or as one JSON object on a line.
///
/// Most results are a `ResultObject`, which declares its fields once; then only `text(in:)` is left to write.
/// A result with two forms is an `EitherResult` of two results.
package protocol CommandResult: ResultShape {
  /// When the command gives this result, for the reference; empty for always.
  static var occasion: String { get }

  /// The keys after `command`, and their values.
  var members: [(String, JSON)] { get }

  /// The text for a person; empty for none, otherwise lines, each with or without a newline at the end.
  func text(in look: Look) -> String
}

extension CommandResult {
  /// Always.
  package static var occasion: String { "" }
}

extension CommandResult where Self: ResultObject {
  /// One line, with the fields as its keys.
  package static var lines: [ResultLine] { [ResultLine(occasion, keys)] }
}
