#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// Lends the terminal to the editor that the person has chosen.
package enum ExternalEditor {
  /// How the editor ended.
  package enum End: Equatable, Sendable {
    case left
    case failed(status: Int32)
    case killed(signal: Int32)
    case notStarted(reason: String)
  }

  /// The command for the editor: `VISUAL`, else `EDITOR`, else `vi`.
  package static func command(variable: (String) -> String? = environmentVariable) -> String {
    for name in ["VISUAL", "EDITOR"] {
      if let command = variable(name), !command.allSatisfy(\.isWhitespace) { return command }
    }
    return "vi"
  }

  /// Opens a file in an editor, and waits until that ends.
  ///
  /// The editor gets the terminal as this program found it, which takes it back afterwards. No line may be edited
  /// meanwhile.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - command: The editor, with its options, as a shell reads it.
  /// - Returns: How it ended.
  package static func open(_ path: String, with command: String) -> End {
    fflush(nil)
    let settings = Signals.lendTerminal()
    defer { Signals.takeTerminal(settings) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
    )
    // The shell splits the options off, as other programs do with these variables.
    let words = ["/bin/sh", "-c", "exec \(command) \"$1\"", "sh", path]
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child = pid_t()
    let error = posix_spawn(&child, "/bin/sh", nil, &attributes, &arguments, environ)
    guard error == 0 else { return .notStarted(reason: String(cString: strerror(error))) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { return .notStarted(reason: String(cString: strerror(errno))) }
    }
    // A Ctrl-C was meant for the editor.
    _ = Signals.consumeInterrupt()
    let signal = status & 0x7F
    if signal != 0 { return .killed(signal: signal) }
    let code = (status >> 8) & 0xFF
    return code == 0 ? .left : .failed(status: code)
  }
}
