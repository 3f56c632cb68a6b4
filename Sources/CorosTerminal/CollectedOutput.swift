#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A stream that keeps what is written to it, until it is sent to standard output at once.
final class CollectedOutput {
  /// The stream; flushing it sends nothing.
  let stream: UnsafeMutablePointer<FILE>
  /// Where the C library keeps the bytes, and their number as of the last flush.
  private let bytes: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: UnsafeMutablePointer<Int>

  /// Opens the stream; nil if that fails.
  init?() {
    bytes = .allocate(capacity: 1)
    count = .allocate(capacity: 1)
    bytes.initialize(to: nil)
    count.initialize(to: 0)
    guard let stream = open_memstream(bytes, count) else {
      bytes.deallocate()
      count.deallocate()
      return nil
    }
    self.stream = stream
  }

  deinit {
    free(bytes.pointee)
    bytes.deallocate()
    count.deallocate()
  }

  /// Sends what was kept.
  func send() {
    fflush(stream)
    guard let start = bytes.pointee, count.pointee > 0 else { return }
    Self.write(UnsafeRawBufferPointer(start: start, count: count.pointee))
    rewind(stream)
  }

  private static func write(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let count = systemWrite(start, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      } else if errno == EAGAIN {
        var request = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, 1_000)
      } else if errno != EINTR {
        // The terminal is gone, which reading from it will tell.
        return
      }
    }
  }

  /// Closes the stream; what it keeps is lost.
  func close() { fclose(stream) }
}

private func systemWrite(_ start: UnsafeRawPointer, _ count: Int) -> Int {
  write(STDOUT_FILENO, start, count)
}
