extension String {
  /// The lines of a text, without empty ones.
  package var lines: [String] { split(separator: "\n").map { String($0) } }
}
