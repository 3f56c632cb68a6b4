package import CorosLanguage

/// A line that somebody at another terminal has typed.
package struct AttachRequest: Sendable {
  /// The line, as at the prompt.
  package let line: String
  /// How to show the answer: as text of this width, with colour or without; nil for JSON.
  package let text: (width: Int, isColored: Bool)?
  /// The process that asks.
  package let pid: Int
  /// Whether whoever asks drives; otherwise the line may only look.
  package let mayChange: Bool
  /// Whether a command is running at this moment, so that only the present can be looked at.
  package let isRunning: Bool
}

/// The answer to a line.
package enum AttachAnswer {
  /// The frames of the answer, in order, and the status of the line.
  case done([JSON], status: Int)
  /// It has to wait until the command that runs has ended.
  case later
}

/// What a server serves.
package protocol ServedMachine: AnyObject {
  /// The present tick of the machine, and its moment in history.
  var place: (tick: Int, moment: Int) { get }

  /// Whether a person sits at the terminal of the machine itself, and drives unless they let somebody else.
  var hasOwner: Bool { get }

  /// What may follow at the cursor of a line, as a frame.
  ///
  /// - Parameters:
  ///   - line: The line so far.
  ///   - cursor: The number of bytes before the cursor.
  /// - Returns: The frame.
  func offer(to line: String, cursor: Int) -> JSON

  /// Runs a line, or refuses to.
  func answer(_ request: AttachRequest) -> AttachAnswer

  /// Tells the person at the terminal of the machine itself.
  func tellOwner(_ text: String)

  /// Says which frames somebody wants without asking: what tasks write, and what happens.
  func report(output: Bool, events: Bool)
}
