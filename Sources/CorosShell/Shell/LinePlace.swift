/// The origin of a line, for diagnostics.
package struct LinePlace: Equatable, Sendable {
  /// The script's name; nil at the prompt.
  package var script: String?
  /// The number of the line in the script, from 1.
  package var number: Int

  package init(script: String? = nil, number: Int = 1) {
    self.script = script
    self.number = number
  }

  /// The prompt.
  package static let prompt = LinePlace()
}
