/// Work that runs while the user types: the live mode of the scheduler, without a thread.
package protocol IdleWork: AnyObject {
  /// Does a little work, and returns when to be called again.
  ///
  /// Keys pressed meanwhile wait until it returns, so a slice should take at most a few milliseconds. It
  /// prints through `LineEditor.printAbove`; all output of one slice reaches the screen at once.
  func runSlice() -> NextSlice

  /// Notes that the process was stopped and continued: what was due meanwhile is not made up for.
  func continueAfterStop()
}

/// When the next slice of idle work should run.
package enum NextSlice: Equatable, Sendable {
  /// Now: there is more to do.
  ///
  /// Keys come first.
  case immediately

  /// After this time.
  case after(milliseconds: Int)

  /// After the next key.
  case whenKeyPressed
}
