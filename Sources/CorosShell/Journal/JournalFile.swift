#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that hold journals: read as a whole, written as a whole or not at all.
enum JournalFile {
  /// The most bytes that a journal may have.
  private static let limit = 64 << 20

  /// Reads a file of text.
  static func read(_ path: String) throws(ScriptError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ScriptError(path, errno: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = systemRead(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw ScriptError(path, errno: errno)
      }
      if count == 0 { break }
      bytes += buffer.prefix(count)
      if bytes.count > limit { throw ScriptError(path, errno: EFBIG) }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ScriptError("'\(excerpt(of: path, limit: 200))' is not text")
    }
    return text
  }

  /// What stands in the way of a file of this name.
  enum Obstacle {
    /// A file that is no journal, and not empty.
    case otherFile
    /// Something that is no file, and cannot be put aside: a folder, a device.
    case noFile
  }

  /// What is there already; nil for nothing, or a journal.
  static func obstacle(at path: String) -> Obstacle? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    guard status.st_mode & S_IFMT == S_IFREG else { return .noFile }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .otherFile }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: JournalText.mark.utf8.count)
    let count = systemRead(descriptor, &bytes, bytes.count)
    if count == 0 { return nil }
    return bytes.prefix(max(0, count)).elementsEqual(JournalText.mark.utf8) ? nil : .otherFile
  }

  /// Writes a file so that at any time there is the old one or the new one, whole.
  ///
  /// - Parameters:
  ///   - text: What is to be in it.
  ///   - path: Where.
  ///   - isPrivate: Whether others may not read it.
  /// - Returns: The new file, open for writing at its end.
  /// - Throws: `ScriptError`, and the old file stays.
  @discardableResult
  static func write(
    _ text: String,
    to path: String,
    isPrivate: Bool = false
  ) throws(ScriptError) -> OpenFile {
    // A link stays a link: what it leads to is written.
    let real = realpath(path, nil)
    defer { free(real) }
    let path = real.map { String(cString: $0) } ?? path
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = open(
      temporary,
      O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC,
      isPrivate ? 0o600 : 0o666
    )
    guard descriptor >= 0 else { throw ScriptError(writing: path, errno: errno) }
    let file = OpenFile(descriptor)
    if file.write(text), fsync(descriptor) == 0, rename(temporary, path) == 0 { return file }
    let code = errno
    unlink(temporary)
    throw ScriptError(writing: path, errno: code)
  }
}

/// A file open for appending, closed when nobody holds it.
final class OpenFile {
  let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Writes all of a text; false when the system takes no more.
  func write(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let count = systemWrite(descriptor, start, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return false
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return true
    }
  }
}

extension ScriptError {
  init(writing path: String, errno code: Int32) {
    self.init("cannot write '\(excerpt(of: path, limit: 200))': \(String(cString: strerror(code)))")
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
