import CorosLanguage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A destination for text that arrives in pieces.
package protocol TextSink: AnyObject {
  /// Accepts the next piece.
  ///
  /// - Throws: If the destination cannot accept more.
  func write(_ text: String) throws(FileError)
}

/// Writes a file atomically, in constant memory.
///
/// The text goes to a new file in the same directory. `commit` renames it to the target, so a reader sees
/// either the old content or the new content at any time. Without a `commit`, nothing changes. The writer
/// follows symbolic links, also those that lead to no file yet, and keeps the permissions of a file that it
/// replaces. A file that has other names as well keeps them: the new content is copied into it.
package final class FileWriter: TextSink {
  /// The path as the caller gave it.
  package let path: String
  private let target: String
  private let temporary: String
  private let file: OpenFile
  private let replaced: stat?
  private var buffer: [UInt8] = []
  private var isCommitted = false
  private let givesUp: () -> Bool

  private static let chunk = 1 << 16

  /// Starts writing a file.
  ///
  /// - Parameters:
  ///   - path: The target.
  ///   - kind: The kind of the new file. An existing file that is not empty must be of the same kind.
  ///   - isForced: Whether to replace a file of any kind.
  ///   - isPrivate: Whether to deny access to other users.
  ///   - condition: Asked now and then; true gives up, and nothing changes.
  /// - Throws: Why the file cannot be written.
  package init(
    _ path: String,
    kind: FileKind,
    isForced: Bool = false,
    isPrivate: Bool = false,
    unless condition: @escaping () -> Bool = { false }
  ) throws(FileError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw FileError("'\(excerpt(of: path))' is not a file name", hint: "use a name such as run.1")
    }
    self.path = path
    let target = Self.resolved(path)
    replaced = try Self.replaceable(target, path, kind, isForced)
    (file, temporary) = try Self.openBeside(target, path, isPrivate ? 0o600 : 0o666)
    self.target = target
    givesUp = condition
    buffer.reserveCapacity(Self.chunk)
  }

  deinit {
    if !isCommitted { unlink(temporary) }
  }

  package func write(_ text: String) throws(FileError) {
    buffer.append(contentsOf: text.utf8)
    guard buffer.count >= Self.chunk else { return }
    if givesUp() { throw .interrupted }
    try flush()
  }

  /// Locks the new file for as long as it is open, where the file system has locks.
  package func lock() { flock(file.descriptor, LOCK_EX | LOCK_NB) }

  /// Replaces the target with the new file.
  ///
  /// - Returns: The file, open at its end.
  @discardableResult
  package func commit() throws(FileError) -> OpenFile {
    try flush()
    if givesUp() { throw .interrupted }
    if let mode = replaced?.st_mode, fchmod(file.descriptor, mode & 0o7777) != 0 {
      throw failure(errno)
    }
    // Some file systems report a full disk only here.
    guard fsync(file.descriptor) == 0 else { throw failure(errno) }
    if let replaced, replaced.st_nlink > 1 { return try copyIntoTarget() }
    guard rename(temporary, target) == 0 else { throw failure(errno) }
    isCommitted = true
    return file
  }

  /// Copies the new file into the target, which has other names, too.
  private func copyIntoTarget() throws(FileError) -> OpenFile {
    let source = try FileReader.open(temporary)
    let descriptor = open(target, O_WRONLY | O_TRUNC | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(errno) }
    let file = OpenFile(descriptor)
    while true {
      let (bytes, error) = source.read(atMost: Self.chunk)
      if error != 0 { throw failure(error) }
      if bytes.isEmpty { return file }
      let written = bytes.withUnsafeBytes { file.write($0) }
      if written != 0 { throw failure(written) }
    }
  }

  private func flush() throws(FileError) {
    let error = buffer.withUnsafeBytes { file.write($0) }
    buffer.removeAll(keepingCapacity: buffer.count <= 4 * Self.chunk)
    if error != 0 { throw failure(error) }
  }

  private func failure(_ error: Int32) -> FileError { FileError(writing: path, errno: error) }

  // MARK: - Resolving the target

  /// The target of a link, so that the link itself is kept; it need not be there.
  static func resolved(_ path: String) -> String {
    if let resolved = realpath(path, nil) {
      defer { free(resolved) }
      return String(cString: resolved)
    }
    var path = path
    // As many links as the system follows.
    for _ in 0..<40 {
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      let count = readlink(path, &buffer, Int(PATH_MAX))
      guard count > 0 else { break }
      let link = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
      path = link.hasPrefix("/") ? link : folder + link
    }
    return path
  }

  /// The file to replace, or nil if there is none; throws if it must not be replaced.
  private static func replaceable(
    _ target: String,
    _ path: String,
    _ kind: FileKind,
    _ isForced: Bool
  ) throws(FileError) -> stat? {
    var status = stat()
    guard stat(target, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw FileError(writing: path, errno: errno)
    }
    let name = excerpt(of: path, limit: 200)
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError("'\(name)' is not a file", hint: "name a new file, or one that coros wrote")
    }
    if isForced { return status }
    // Whoever may do anything still wants it so: hence the mode, too.
    guard status.st_mode & 0o222 != 0, access(target, W_OK) == 0 else {
      throw FileError(
        "'\(name)' is write-protected",
        hint: "choose another name, or overwrite it with --force"
      )
    }
    guard status.st_size == 0 || isOf(kind, target) else {
      throw FileError(
        "'\(name)' already exists and is not \(kind.noun)",
        hint: "choose another name, or overwrite it with --force"
      )
    }
    return status
  }

  private static func isOf(_ kind: FileKind, _ target: String) -> Bool {
    let descriptor = open(target, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    let beginning = kind.beginning.utf8
    return OpenFile(descriptor).read(atMost: beginning.count).bytes.elementsEqual(beginning)
  }

  /// Creates a new file in the directory of the target, so that both are on the same file system.
  private static func openBeside(
    _ target: String,
    _ path: String,
    _ mode: mode_t
  ) throws(FileError) -> (OpenFile, String) {
    // A writer that was killed may have left its temporary file.
    for attempt in 1...100 {
      let temporary = target + ".coros-\(getpid())-\(attempt)"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, mode)
      if descriptor >= 0 { return (OpenFile(descriptor), temporary) }
      if errno != EEXIST { break }
    }
    throw FileError(writing: path, errno: errno)
  }
}
