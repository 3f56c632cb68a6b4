#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What this program needs of the system: three descriptors, a clock, and a way out.
enum Process {
  static let standardInput: Int32 = 0
  static let standardOutput: Int32 = 1
  static let standardError: Int32 = 2

  /// Writes all of a text; false when the descriptor takes no more.
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
            // Somebody made the descriptor non-blocking: wait until it takes more.
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

// The names of the C library, which `Process` hides behind its own.
private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, start, count)
}

private func systemExit(_ status: Int32) -> Never {
  exit(status)
}
