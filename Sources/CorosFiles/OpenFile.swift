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

  /// Whether it is a file of a kind; its place for reading stays, and what cannot be read twice is of no kind.
  package func begins(with kind: FileKind) -> Bool {
    let wanted = Array(kind.beginning.utf8)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: wanted.count) { bytes in
      pread(descriptor, bytes.baseAddress, wanted.count, 0) == wanted.count
        && bytes.elementsEqual(wanted)
    }
  }

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
  /// - Parameters:
  ///   - count: The most bytes.
  ///   - condition: Asked before reading, and while there is nothing to read; true gives up.
  /// - Returns: The bytes read; after an error, its number, `EINTR` after giving up.
  package func read(
    atMost count: Int,
    unless condition: () -> Bool = { false }
  ) -> (bytes: [UInt8], error: Int32) {
    var error: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let buffer = UnsafeMutableRawBufferPointer(buffer)
      switch InputWait.read(descriptor, into: buffer, unless: condition) {
      case .success(let count): filled = count
      case .failure(let failure): error = failure.errno
      }
    }
    return (bytes, error)
  }
}

// The function of the C library, whose name is hidden above.
private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, start, count)
}
