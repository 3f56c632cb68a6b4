package import CorosSession

/// Something that has the whole screen: drawn as lines, driven by keys, and at work between them.
package protocol FullScreenProgram: AnyObject {
  /// What is to be seen now: at most `height` lines, each at most `width` columns wide.
  func lines(width: Int, height: Int) -> [StyledLine]

  /// Takes a key that was pressed.
  func press(_ key: ScreenKey)

  /// Does what is due, and says when to call again.
  ///
  /// - Parameter nanoseconds: A clock that only goes forward.
  /// - Returns: When there will be more to do.
  func runSlice(nanoseconds: UInt64) -> LiveNext

  /// Lets the time go in which the process was stopped.
  func continueAfterStop()

  /// Whether it gives the screen back.
  var isFinished: Bool { get }
}

/// A key, as far as full-screen programs know them.
package enum ScreenKey: Hashable, Sendable {
  case character(Character)
  case up, down, left, right
  case pageUp, pageDown, home, end
  case enter, escape, backspace
  /// Ctrl-C.
  case interrupt
}

/// Why there is no screen for a program.
package struct FullScreenRefusal: Error, Equatable, Sendable {
  /// What is wrong, as a clause.
  package let reason: String

  package init(_ reason: String) {
    self.reason = reason
  }
}
