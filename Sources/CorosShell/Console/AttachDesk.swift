/// Those at other terminals who are attached to the machine of a shell.
package protocol AttachDesk: AnyObject {
  /// The name of the machine.
  var name: String { get }

  /// The path of the socket; nil when nobody can attach.
  var socket: String? { get }

  /// Why nobody can attach, if so.
  var refusal: String? { get }

  /// Whether a person sits at the machine itself, and drives unless they let somebody else.
  var hasOwner: Bool { get }

  /// The process that drives; nil for the terminal of the machine itself.
  var driver: Int? { get }

  /// Those attached: the process of each, and what it does, as a verb.
  var attached: [(pid: Int, role: String)] { get }

  /// Answers the one who has asked to drive.
  ///
  /// - Returns: The process that asked; nil if nobody did.
  func decide(allows: Bool) -> Int?

  /// Makes the terminal of the machine itself drive again.
  func takeBack()

  /// Lets everybody go, and nobody attach again.
  func turnOff()

  /// Does what is due, without waiting.
  ///
  /// - Parameter isRunning: Whether a command is running.
  /// - Returns: Whether it is to be interrupted.
  @discardableResult
  func serve(isRunning: Bool) -> Bool
}
