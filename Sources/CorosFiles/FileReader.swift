import CorosLanguage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Opens files, and reads those that are small enough to be read as a whole.
package enum FileReader {
  /// The most bytes of a text that is read as a whole.
  private static let limit = 64 << 20

  /// Opens a file, not a folder.
  package static func open(_ path: String) throws(FileError) -> OpenFile {
    let descriptor = systemOpen(path)
    guard descriptor >= 0 else { throw FileError(reading: path, errno: errno) }
    let file = OpenFile(descriptor)
    // A folder can be opened, and fails only when it is read.
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(reading: path, errno: errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError(reading: path, errno: EISDIR) }
    return file
  }

  /// Reads a file of text.
  package static func text(_ path: String) throws(FileError) -> String {
    let file = try open(path)
    var bytes: [UInt8] = []
    while true {
      let (read, error) = file.read(atMost: 1 << 16)
      if error != 0 { throw FileError(reading: path, errno: error) }
      if read.isEmpty { break }
      bytes += read
      if bytes.count > limit { throw FileError(reading: path, errno: EFBIG) }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileError("'\(excerpt(of: path, limit: 200))' is not text")
    }
    return text
  }
}

// The name of the C library, which that above hides.
private func systemOpen(_ path: String) -> Int32 { open(path, O_RDONLY | O_CLOEXEC) }
