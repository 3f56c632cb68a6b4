import CorosLanguage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Opens files, and reads small ones whole.
package enum FileReader {
  /// The largest file, in bytes, that is read whole.
  private static let limit = 64 << 20

  /// Opens a file; refuses a directory.
  ///
  /// Does not wait for the other end of a named pipe: reading does.
  package static func open(_ path: String) throws(FileError) -> OpenFile {
    let descriptor = systemOpen(path)
    guard descriptor >= 0 else { throw FileError(reading: path, errno: errno) }
    let file = OpenFile(descriptor)
    // Opening a directory succeeds; only reading it fails.
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(reading: path, errno: errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError(reading: path, errno: EISDIR) }
    return file
  }

  /// Reads a whole text file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - condition: Asked now and then; true gives up.
  /// - Returns: Its text.
  /// - Throws: Why there is none.
  package static func text(
    _ path: String,
    unless condition: () -> Bool = { false }
  ) throws(FileError) -> String {
    guard let text = String(validating: try bytes(path, unless: condition), as: UTF8.self) else {
      throw FileError("'\(excerpt(of: path, limit: 200))' is not text")
    }
    return text
  }

  /// Reads a whole file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - condition: Asked now and then; true gives up.
  /// - Returns: Its bytes.
  /// - Throws: Why there are none.
  package static func bytes(
    _ path: String,
    unless condition: () -> Bool = { false }
  ) throws(FileError) -> [UInt8] {
    let file = try open(path)
    var bytes: [UInt8] = []
    while true {
      let (read, error) = file.read(atMost: 1 << 16, unless: condition)
      if error != 0 { throw FileError(reading: path, errno: error) }
      if read.isEmpty { break }
      bytes += read
      if bytes.count > limit { throw FileError(reading: path, errno: EFBIG) }
    }
    return bytes
  }
}

// The function of the C library, whose name is hidden above.
private func systemOpen(_ path: String) -> Int32 {
  open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
}
