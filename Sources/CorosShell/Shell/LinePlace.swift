/// The origin of a line, for diagnostics.
package struct LinePlace: Equatable, Sendable {
  /// The script's name; nil at the prompt.
  package var script: String?
  /// The number of the line in the script, from 1; 0 for what the command line wants done after the script.
  package var number: Int

  package init(script: String? = nil, number: Int = 1) {
    self.script = script
    self.number = number
  }

  /// Whether it is what the command line wants done with a script, and no line of it.
  var isWholeScript: Bool { script != nil && number == 0 }

  /// The prompt.
  package static let prompt = LinePlace()
}
