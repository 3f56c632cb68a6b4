/// What is wrong with a program in assembly, or with the way in which it is to be loaded.
package struct AssemblyError: Error, Hashable, Sendable {
  /// The line of the program; nil when the mistake is in none.
  package let line: Int?
  /// The bytes of the line that are wrong.
  package let range: Range<Int>
  /// What is wrong.
  package let message: String
  /// What to write instead.
  package let hint: String

  init(_ message: String, line: Int? = nil, range: Range<Int> = 0..<0, hint: String = "") {
    self.line = line
    self.range = range
    self.message = message
    self.hint = hint
  }
}
