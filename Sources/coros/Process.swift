#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What this program needs from the system: three descriptors, a clock, and a way to exit.
enum Process {
  static let standardInput: Int32 = 0
  static let standardOutput: Int32 = 1
  static let standardError: Int32 = 2

  /// Writes a whole text; false if the descriptor accepts no more.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let count = systemWrite(descriptor, start, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          if errno == EAGAIN {
            // The descriptor may be non-blocking: wait until it accepts more.
            var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = poll(&request, 1, -1)
            continue
          }
          return false
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return true
    }
  }

  static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
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
