import Testing

/// A place in the sources that violates a rule.
struct Violation: Hashable, CustomStringConvertible {
  /// The path from the root of the package.
  let path: String
  let line: Int
  let message: String

  init(_ path: String, line: Int = 1, _ message: String) {
    self.path = path
    self.line = line
    self.message = message
  }

  var description: String { "\(path):\(line): \(message)" }
}
