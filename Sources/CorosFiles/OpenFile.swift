#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file descriptor that is closed when the last reference to it goes away.
package final class OpenFile {
  package let descriptor: Int32

  package init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Writes a whole text.
  ///
  /// - Returns: 0, or the error number; after an error, part of the text may be written.
  package func write(_ text: String) -> Int32 {
    var text = text
    return text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
  }

  /// Writes all bytes; see above.
  package func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let count = systemWrite(descriptor, start, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return 0
  }

  /// Reads at most `count` bytes; fewer, or none, at the end of the file.
  ///
  /// - Returns: The bytes read; after an error, its number.
  package func read(atMost count: Int) -> (bytes: [UInt8], error: Int32) {
    var bytes = [UInt8](repeating: 0, count: count)
    while true {
      let read = systemRead(descriptor, &bytes, count)
      if read >= 0 { return (Array(bytes.prefix(read)), 0) }
      if errno != EINTR { return ([], errno) }
    }
  }
}

// The functions of the C library, whose names are hidden above.
private func systemRead(_ descriptor: Int32, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int
{
  read(descriptor, start, count)
}

private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, start, count)
}
