import CorosTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What this program needs from the system: three descriptors, and a way to exit.
enum Process {
  static let standardInput: Int32 = 0
  static let standardOutput: Int32 = 1
  static let standardError: Int32 = 2

  /// The number of this process.
  static var id: Int { Int(getpid()) }

  /// Writes a whole text to standard output.
  ///
  /// Without an output further results would be lost, so a failure ends the process: it is said on standard
  /// error, and the status is 1. Where it is the person who went away, or asked the process to end while nobody
  /// reads, the status is that of the signal.
  static func write(_ text: String) {
    let error = write(text, to: standardOutput)
    if error == 0 { return }
    if let signal = Signals.pendingTermination { exit(128 + Int(signal)) }
    if error == EINTR { exit(128 + Int(SIGINT)) }
    // The terminal was closed, and its signal is on its way, or ignored.
    if error == EIO { exit(128 + Int(SIGHUP)) }
    writeError("coros: cannot write to standard output: \(String(cString: strerror(error)))\n")
    exit(1)
  }

  /// Writes a whole text to standard error; what that does not accept cannot be said anywhere.
  static func writeError(_ text: String) {
    _ = write(text, to: standardError)
  }

  /// Writes a whole text; returns 0, or an error number.
  ///
  /// Gives up with `EINTR` if somebody interrupts while the descriptor accepts nothing.
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        // Once somebody has interrupted a script, nothing is written that would have to wait for a reader.
        let isEnding = isEnding
        if isEnding, !waitForOutput(descriptor) { return EINTR }
        let count = systemWrite(descriptor, start, isEnding ? min(rest.count, 512) : rest.count)
        if count >= 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
          continue
        }
        // A signal came, or the descriptor is non-blocking: wait until it accepts more.
        guard [EINTR, EAGAIN].contains(errno) else { return errno }
        guard waitForOutput(descriptor) else { return EINTR }
      }
      return 0
    }
  }

  /// Waits until a descriptor accepts more; false if somebody interrupts meanwhile.
  private static func waitForOutput(_ descriptor: Int32) -> Bool {
    while true {
      var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      if poll(&request, 1, 50) > 0 { return true }
      if isEnding { return false }
    }
  }

  /// Whether a script is to end; at a prompt, output that is held back is only late.
  private static var isEnding: Bool {
    Signals.isForScript && (Signals.isInterruptPending || Signals.pendingTermination != nil)
  }

  /// Ends the process.
  static func exit(_ status: Int) -> Never {
    systemExit(Int32(truncatingIfNeeded: status))
  }
}

// The functions of the C library, whose names `Process` hides.
private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, start, count)
}

private func systemExit(_ status: Int32) -> Never {
  exit(status)
}
