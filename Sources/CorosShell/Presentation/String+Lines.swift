extension String {
  /// The lines of a text, empty ones left out.
  var lines: [String] { split(separator: "\n").map { String($0) } }
}
