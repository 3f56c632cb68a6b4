/// Work that goes on while a person types: the scheduler's live mode, without a thread.
package protocol IdleWork: AnyObject {
  /// Does a little work and says when to be called again.
  ///
  /// A key pressed meanwhile waits until it returns, so a slice should end within a few
  /// milliseconds. What it prints goes through `LineEditor.printAbove`; all of one slice reaches
  /// the screen at once.
  func runSlice() -> NextSlice
}

/// When a slice of idle work should run again.
package enum NextSlice: Equatable, Sendable {
  /// There is more to do now; keys come first.
  case immediately

  /// There is nothing to do for this long.
  case after(milliseconds: Int)

  /// There is nothing to do until the person does something.
  case whenKeyPressed
}
