/// What is wrong with a lesson: where, what, and the way out.
package struct LessonError: Error, Equatable, Sendable {
  /// The file, or the name of the lesson.
  package let file: String
  /// The line, from 1.
  package let line: Int
  package let message: String
  /// The way out; may be empty.
  package let hint: String

  package init(_ file: String, _ line: Int, _ message: String, hint: String = "") {
    self.file = file
    self.line = line
    self.message = message
    self.hint = hint
  }
}
