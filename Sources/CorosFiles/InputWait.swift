#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reading from descriptors of any kind, until somebody gives up.
///
/// All reading waits here, so that whoever interrupts is heard before the first byte and between any two: a
/// pipe that nobody writes to, a terminal, and a device that never ends are no different from a file.
enum InputWait {
  /// Why a read failed.
  struct Failure: Error {
    let errno: Int32
  }

  /// Waits until a descriptor has input or has come to its end, whether it blocks or not.
  ///
  /// - Parameters:
  ///   - descriptor: The descriptor to read from.
  ///   - condition: Asked at least twenty times a second; true gives up.
  /// - Returns: Whether to read; false after giving up.
  private static func wait(_ descriptor: Int32, unless condition: () -> Bool) -> Bool {
    while !condition() {
      // Of no descriptor nothing ever comes; the read says what is wrong.
      if descriptor < 0 { return true }
      var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // A signal ends the wait, but not one that came just before it: hence the limit.
      let count = poll(&request, 1, 50)
      // What is wrong with the descriptor is for the read to say.
      if count > 0 || count < 0 && errno != EINTR { return true }
    }
    return false
  }

  /// Reads what there is, at most as much as a buffer holds; waits for it if there is nothing yet.
  ///
  /// - Returns: The number of bytes, 0 at the end; or an error number, `EINTR` after giving up.
  static func read(
    _ descriptor: Int32,
    into buffer: UnsafeMutableRawBufferPointer,
    unless condition: () -> Bool
  ) -> Result<Int, Failure> {
    while wait(descriptor, unless: condition) {
      let count = systemRead(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return .success(count) }
      // Another reader may have been faster.
      if errno != EINTR, errno != EAGAIN { return .failure(Failure(errno: errno)) }
    }
    return .failure(Failure(errno: EINTR))
  }
}

// The function of the C library, whose name is hidden above.
private func systemRead(
  _ descriptor: Int32,
  _ start: UnsafeMutableRawPointer?,
  _ count: Int
) -> Int {
  read(descriptor, start, count)
}
