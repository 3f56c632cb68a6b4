#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// Lends the terminal to another program.
package enum HostProgram {
  /// How the program ended.
  package enum End: Equatable, Sendable {
    case ended(status: Int32)
    case killed(signal: Int32)
    case notStarted(reason: String)
  }

  /// Runs a program, and waits until it ends.
  ///
  /// It gets the terminal as this program found it, which takes it back afterwards. No line may be edited meanwhile.
  ///
  /// - Parameters:
  ///   - words: The path of the program, and its arguments.
  ///   - input: What it reads; nil for the input of this program.
  /// - Returns: How it ended.
  package static func run(_ words: [String], input: String? = nil) -> End {
    fflush(nil)
    let settings = Signals.lendTerminal()
    defer { Signals.takeTerminal(settings) }
    var ends: [Int32] = [-1, -1]
    if input != nil {
      guard pipe(&ends) == 0 else { return .notStarted(reason: String(cString: strerror(errno))) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
    var child = pid_t()
    let error = FreshProcess.spawn(words[0], words, &child) { actions in
      if input != nil { posix_spawn_file_actions_adddup2(&actions, ends[0], 0) }
    }
    if input != nil { close(ends[0]) }
    if let input, error == 0 { feed(input, to: ends[1]) }
    if input != nil { close(ends[1]) }
    guard error == 0 else { return .notStarted(reason: String(cString: strerror(error))) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { return .notStarted(reason: String(cString: strerror(errno))) }
    }
    // A Ctrl-C was meant for the program; a script, too, ends by it.
    if !Signals.isForScript { _ = Signals.consumeInterrupt() }
    let signal = status & 0x7F
    return signal != 0 ? .killed(signal: signal) : .ended(status: (status >> 8) & 0xFF)
  }

  /// Writes a text to a pipe, as far as somebody reads it.
  private static func feed(_ text: String, to descriptor: Int32) {
    // A reader that has had enough is no reason to end.
    var (ignoring, before) = (sigaction(), sigaction())
    #if canImport(Glibc)
      ignoring.__sigaction_handler.sa_handler = SIG_IGN
    #else
      ignoring.__sigaction_u.__sa_handler = SIG_IGN
    #endif
    sigaction(SIGPIPE, &ignoring, &before)
    defer { sigaction(SIGPIPE, &before, nil) }
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let count = write(descriptor, start, rest.count)
        if count >= 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        } else if errno != EINTR {
          return
        }
      }
    }
  }
}
