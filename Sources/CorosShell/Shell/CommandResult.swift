import CorosLanguage
import CorosSession

/// What a command answers, in one form or another.
protocol ResultShape: SendableMetatype {
  /// The lines of JSON that it may be, as the reference lists them.
  static var lines: [ResultLine] { get }
}

/// What a command answers: a value that is shown as text, or as one object of JSON on a line.
///
/// Most results are a `ResultObject`, whose fields are declared once: then only `text(in:)` is left to write.
/// One that has two shapes is an `EitherResult` of two such.
protocol CommandResult: ResultShape {
  /// When it is this that the command answers, as the reference says it; empty where it always is.
  static var occasion: String { get }

  /// The keys after `command`, and their values.
  var members: [(String, JSON)] { get }

  /// The text that a person reads; empty for none, else lines, each with or without a newline at the end.
  func text(in look: Look) -> String
}

extension CommandResult {
  /// Always.
  static var occasion: String { "" }
}

extension CommandResult where Self: ResultObject {
  /// One line, with the fields as its keys.
  static var lines: [ResultLine] { [ResultLine(occasion, keys)] }
}
