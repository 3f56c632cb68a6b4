package import CorosLanguage

/// Why a command failed: what is wrong, where in the line, and the way out.
package struct CommandFailure: Error, Diagnostic, Equatable {
  package var message: String
  package var hint: String
  /// The place in the line; the whole command if nothing narrower is known.
  package var range: SourceRange
  /// Whether the place adds anything to the message.
  package var showsPlace: Bool
  package var status: Int
  /// Whether the user has been told already.
  var isReported = false
  /// Whether it is the answer to a question, and nothing is wrong with the line: a condition does not hold.
  package var isVerdict = false
  /// The line that contains the place, if it is not the command's line.
  package var source: SourceLine?

  /// The status of an interrupted command.
  package static let interruptedStatus = 130

  package init(
    _ message: String,
    at range: SourceRange? = nil,
    hint: String = "",
    status: Int = 1
  ) {
    self.message = message
    self.hint = hint
    self.range = range ?? 0..<0
    self.status = status
    showsPlace = range != nil
  }

  /// The failure of a command whose results have said already what failed.
  package static let told = CommandFailure("")

  /// The failure of a command that would run another program while the stepper has the screen.
  package init(needsScreen range: SourceRange) {
    self.init(
      "another program cannot run now: the stepper has the screen",
      at: range,
      hint: "leave the stepper with q, and type this at the prompt"
    )
  }

  /// The failure of an interrupted command.
  package init(interrupted message: String) {
    self.init(message, status: Self.interruptedStatus)
  }

  /// The failure of an expression: the mistake of whoever wrote it, unless a task has no such value yet.
  package init(_ error: ExpressionError) {
    self.init(error, status: error.isAboutNone ? 1 : 2)
    isVerdict = error.isAboutNone
  }

  package init(_ error: some Diagnostic, status: Int = 1) {
    message = error.message
    hint = error.hint
    range = error.range
    showsPlace = true
    self.status = status
  }
}

/// A line of a file that a command has read.
package struct SourceLine: Equatable, Sendable {
  package let file: String
  package let number: Int
  package let text: String

  /// Makes the place from a line of a file.
  package init(file: String, number: Int, text: String) {
    self.file = file
    self.number = number
    self.text = text
  }
}
