package import CorosSession

/// A program that takes the whole screen: it is drawn as lines, reacts to keys, and works between them.
package protocol FullScreenProgram: AnyObject {
  /// The present content of the screen: at most `height` lines, each at most `width` columns wide.
  func lines(width: Int, height: Int) -> [StyledLine]

  /// Handles a key press.
  func press(_ key: ScreenKey)

  /// Does the work that is due.
  ///
  /// - Parameter nanoseconds: The time of a monotonic clock.
  /// - Returns: When to call again.
  func runSlice(nanoseconds: UInt64) -> LiveNext

  /// Lets the time go in which the process was stopped.
  func continueAfterStop()

  /// Whether the program has finished, and returns the screen.
  var isFinished: Bool { get }

  /// Shows a message that no key has asked for.
  ///
  /// - Returns: Whether there is a place for it.
  func tell(_ text: String) -> Bool
}

extension FullScreenProgram {
  /// There is no place for it.
  package func tell(_ text: String) -> Bool { false }
}

/// The keys that full-screen programs know.
package enum ScreenKey: Hashable, Sendable {
  case character(Character)
  case up, down, left, right
  case pageUp, pageDown, home, end
  case enter, escape, backspace
  /// Ctrl-C.
  case interrupt
  /// The left button of the mouse, in a cell of the screen, counted from 0.
  case click(row: Int, column: Int)
  /// The wheel of the mouse, down or, with fewer than 0 lines, up.
  case wheel(lines: Int, column: Int)
}

/// Why a program cannot have the screen.
package struct FullScreenRefusal: Error, Equatable, Sendable {
  /// The reason, as a clause.
  package let reason: String

  package init(_ reason: String) {
    self.reason = reason
  }
}
