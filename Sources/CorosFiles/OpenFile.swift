#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A descriptor, closed when nobody holds it.
package final class OpenFile {
  package let descriptor: Int32

  package init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Writes all of a text.
  ///
  /// - Returns: 0, or the number of the error; then part of it may have been written.
  package func write(_ text: String) -> Int32 {
    var text = text
    return text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
  }

  /// Writes all of some bytes, as above.
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

  /// Reads up to so many bytes; fewer, or none, at the end of the file.
  ///
  /// - Returns: What was read; on failure the number of the error.
  package func read(atMost count: Int) -> (bytes: [UInt8], error: Int32) {
    var bytes = [UInt8](repeating: 0, count: count)
    while true {
      let read = systemRead(descriptor, &bytes, count)
      if read >= 0 { return (Array(bytes.prefix(read)), 0) }
      if errno != EINTR { return ([], errno) }
    }
  }
}

// The names of the C library, which those above hide.
private func systemRead(_ descriptor: Int32, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int
{
  read(descriptor, start, count)
}

private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, start, count)
}
