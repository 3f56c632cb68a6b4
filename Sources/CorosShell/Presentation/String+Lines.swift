extension String {
  /// The lines of a text, without empty ones.
  var lines: [String] { split(separator: "\n").map { String($0) } }
}
