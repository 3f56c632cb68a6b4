import CorosLanguage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Takes in a text piece by piece.
package protocol TextSink: AnyObject {
  /// Takes in the next piece.
  ///
  /// - Throws: When it can take no more.
  func write(_ text: String) throws(FileError)
}

/// Writes a file whole or not at all, in memory that does not grow with it.
///
/// The text goes to a new file beside the target, which `commit` puts in the target's place in one
/// stroke: whoever reads the target at any time sees what was there before or what is there now. Without
/// a `commit` nothing has changed when the writer goes away. A link is followed, and the permissions of a
/// file that is replaced are kept.
package final class FileWriter: TextSink {
  /// The path as it was given.
  package let path: String
  private let target: String
  private let temporary: String
  private let file: OpenFile
  private var mode: mode_t?
  private var buffer: [UInt8] = []
  private var isCommitted = false

  private static let chunk = 1 << 16

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - path: The target.
  ///   - kind: What the file is to be; one that is there and is not empty must be of the same kind.
  ///   - isForced: Whether to replace a file of any kind.
  ///   - isPrivate: Whether others may not read it.
  /// - Throws: What is in the way.
  package init(
    _ path: String,
    kind: FileKind,
    isForced: Bool = false,
    isPrivate: Bool = false
  ) throws(FileError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw FileError("'\(excerpt(of: path))' is no name of a file", hint: "a name such as run.1")
    }
    self.path = path
    let target = Self.resolved(path)
    mode = try Self.permissions(of: target, path, kind, isForced)
    (file, temporary) = try Self.openBeside(target, path, isPrivate ? 0o600 : 0o666)
    self.target = target
    buffer.reserveCapacity(Self.chunk)
  }

  deinit {
    if !isCommitted { unlink(temporary) }
  }

  package func write(_ text: String) throws(FileError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.chunk { try flush() }
  }

  /// Puts the file in its place.
  ///
  /// - Returns: The file, open at its end.
  @discardableResult
  package func commit() throws(FileError) -> OpenFile {
    try flush()
    if let mode, fchmod(file.descriptor, mode) != 0 { throw failure(errno) }
    // Only now may a full disk come to light.
    guard fsync(file.descriptor) == 0, rename(temporary, target) == 0 else { throw failure(errno) }
    isCommitted = true
    return file
  }

  private func flush() throws(FileError) {
    let error = buffer.withUnsafeBytes { file.write($0) }
    buffer.removeAll(keepingCapacity: buffer.count <= 4 * Self.chunk)
    if error != 0 { throw failure(error) }
  }

  private func failure(_ error: Int32) -> FileError { FileError(writing: path, errno: error) }

  // MARK: The way to the target

  /// Where a link leads, so that the link stays one.
  private static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Refuses a file that is not ours to replace; the permissions of one that is, nil when it is new.
  private static func permissions(
    of target: String,
    _ path: String,
    _ kind: FileKind,
    _ isForced: Bool
  ) throws(FileError) -> mode_t? {
    var status = stat()
    guard stat(target, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw FileError(writing: path, errno: errno)
    }
    let name = excerpt(of: path, limit: 200)
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError("'\(name)' is not a file", hint: "name a file, new or of ours")
    }
    guard isForced || status.st_size == 0 || isOf(kind, target) else {
      throw FileError(
        "'\(name)' is there already, and is not \(kind.noun)",
        hint: "choose another name, or replace it with --force"
      )
    }
    return status.st_mode & 0o777
  }

  private static func isOf(_ kind: FileKind, _ target: String) -> Bool {
    let descriptor = open(target, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    let beginning = kind.beginning.utf8
    return OpenFile(descriptor).read(atMost: beginning.count).bytes.elementsEqual(beginning)
  }

  /// Makes a new file beside the target, so that both are on one disk.
  private static func openBeside(
    _ target: String,
    _ path: String,
    _ mode: mode_t
  ) throws(FileError) -> (OpenFile, String) {
    // Somebody may have been ended in the midst of writing, and left such a file.
    for attempt in 1...100 {
      let temporary = target + ".coros-\(getpid())-\(attempt)"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, mode)
      if descriptor >= 0 { return (OpenFile(descriptor), temporary) }
      if errno != EEXIST { break }
    }
    throw FileError(writing: path, errno: errno)
  }
}
