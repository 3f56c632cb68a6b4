package import CorosLanguage

/// A line that somebody at another terminal has typed, or what they do at a stepper of their own.
package struct AttachRequest: Sendable {
  /// The line, as at the prompt; empty for what is done at a stepper.
  package let line: String
  /// What is done at a stepper, as the machine understands it; nil for a line.
  package let stepper: JSON?
  /// How to show the answer: as text of this width, with colour or without; nil for JSON.
  package let text: (width: Int, isColored: Bool)?
  /// Whether whoever asks has a screen on which a stepper can be drawn.
  package let hasScreen: Bool
  /// Who asks: no two of those attached have the same number, and nobody chooses theirs.
  package let client: Int
  /// The process that asks, as it says.
  package let pid: Int
  /// Whether whoever asks drives; otherwise the line may only look.
  package let mayChange: Bool
  /// Whether a command is running at this moment, so that only the present can be looked at.
  package let isRunning: Bool
}

/// The answer to a request.
package enum AttachAnswer {
  /// The frames of the answer, in order, the status of the line, and a line about who drives, such as `attach take`,
  /// which the server itself obeys afterwards.
  case done([JSON], status: Int, wish: String? = nil)
  /// It has to wait until the command that runs has ended.
  case later
}

/// What a server serves.
package protocol ServedMachine: AnyObject {
  /// The present tick of the machine, and its moment in history.
  var place: (tick: Int, moment: Int) { get }

  /// A number that is another one as soon as anything has happened to the machine, whether or not it has moved.
  var standing: Int { get }

  /// Whether the machine runs by itself just now, so that it moves on although nobody asks for anything.
  var isRunningByItself: Bool { get }

  /// Whether a person sits at the terminal of the machine itself, and drives unless they let somebody else.
  var hasOwner: Bool { get }

  /// What may follow at the cursor of a line, as a frame.
  ///
  /// - Parameters:
  ///   - line: The line so far.
  ///   - cursor: The number of bytes before the cursor.
  /// - Returns: The frame.
  func offer(to line: String, cursor: Int) -> JSON

  /// Runs a line, or refuses to; or does what somebody wants of their stepper.
  func answer(_ request: AttachRequest) -> AttachAnswer

  /// Forgets what it keeps for somebody who has left.
  func forget(client: Int)

  /// Tells the person at the terminal of the machine itself.
  func tellOwner(_ text: String)

  /// Says which frames somebody wants without asking: what tasks write, and what happens.
  func report(output: Bool, events: Bool)
}
