#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// Keeps what is typed while a command runs out of that command's output, with or without an editor.
///
/// The keys are not lost: they begin the next line, as they were typed. The terminal is put back when
/// the guard goes away, on whichever way out; a signal that ends the process puts it back by itself.
package struct ForegroundGuard: ~Copyable {
  private var original = termios()
  private let isActive: Bool

  /// Turns off the terminal's echo, and its own line editing, which would swallow Ctrl-R and the like.
  ///
  /// Signals from the keyboard stay. Does nothing when standard input is no terminal.
  package init() {
    guard tcgetattr(STDIN_FILENO, &original) == 0 else {
      isActive = false
      return
    }
    var quiet = original
    quiet.c_lflag &= ~tcflag_t(ECHO | ICANON)
    isActive = tcsetattr(STDIN_FILENO, TCSANOW, &quiet) == 0
  }

  deinit {
    guard isActive else { return }
    var settings = original
    tcsetattr(STDIN_FILENO, TCSANOW, &settings)
  }
}

/// Runs a command in the foreground: until it ends, what is typed is kept and not shown.
package func withForeground<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let guardian = ForegroundGuard()
  defer { extendLifetime(guardian) }
  return try body()
}
