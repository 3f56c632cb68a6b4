#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// Keeps what is typed while a command runs out of that command's output.
///
/// The keys are not lost: they begin the next line. The terminal echoes again when the guard goes
/// away, on whichever way out; a signal that ends the process puts the terminal back by itself.
package struct ForegroundGuard: ~Copyable {
  private var original = termios()
  private let isActive: Bool

  /// Turns the terminal's echo off; does nothing when standard input is no terminal.
  package init() {
    guard tcgetattr(STDIN_FILENO, &original) == 0, original.c_lflag & tcflag_t(ECHO) != 0 else {
      isActive = false
      return
    }
    var quiet = original
    quiet.c_lflag &= ~tcflag_t(ECHO)
    isActive = tcsetattr(STDIN_FILENO, TCSANOW, &quiet) == 0
  }

  deinit {
    guard isActive else { return }
    var settings = original
    tcsetattr(STDIN_FILENO, TCSANOW, &settings)
  }
}

/// Runs a command in the foreground: until it ends, the terminal does not echo what is typed.
package func withForeground<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  let guardian = ForegroundGuard()
  defer { extendLifetime(guardian) }
  return try body()
}
