#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that a command writes for others to read: whole or not at all, and never over another's.
struct ExportFile {
  let path: String
  /// What all files of this kind have within their first 512 bytes.
  let marker: String
  /// Whether to write over a file that is not of this kind.
  let isForced: Bool

  /// Writes the text beside the file, and then puts it in the file's place in one stroke.
  ///
  /// Whoever reads the file at any time sees what was there before or what is there now. A link is
  /// followed, and the permissions of a file that is replaced are kept.
  ///
  /// - Throws: What is in the way; then nothing has changed.
  func save(_ text: String) throws(ExportError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw ExportError(
        "'\(excerpt(of: path))' is no name of a file",
        hint: "a name such as run.svg"
      )
    }
    let target = resolvedPath
    let mode = try permissions(of: target)
    let (descriptor, temporary) = try openBeside(target)
    var error = Self.writeAll(text, to: descriptor)
    if let mode, error == 0, fchmod(descriptor, mode) != 0 { error = errno }
    // Only now may a full disk come to light.
    if close(descriptor) != 0, error == 0 { error = errno }
    if error == 0, rename(temporary, target) != 0 { error = errno }
    if error != 0 {
      unlink(temporary)
      throw failure(error)
    }
  }

  /// Makes a new file beside the target, so that both are on one disk.
  private func openBeside(_ target: String) throws(ExportError) -> (Int32, String) {
    // Somebody may have been ended in the midst of writing, and left such a file.
    for attempt in 1...100 {
      let temporary = target + ".coros-\(getpid())-\(attempt)"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, temporary) }
      if errno != EEXIST { break }
    }
    throw failure(errno)
  }

  /// Where a link leads, so that the link stays one.
  private var resolvedPath: String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Refuses a file that is not ours to replace; the permissions of one that is, nil when it is new.
  private func permissions(of target: String) throws(ExportError) -> mode_t? {
    var status = stat()
    guard stat(target, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw failure(errno)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ExportError("'\(excerpt(of: path))' is not a file", hint: "name a file, new or of ours")
    }
    guard isForced || status.st_size == 0 || isOurs(target) else {
      throw ExportError(
        "'\(excerpt(of: path))' is there already, and was not written by coros",
        hint: "choose another name, or replace it with --force"
      )
    }
    return status.st_mode & 0o777
  }

  private func isOurs(_ target: String) -> Bool {
    let descriptor = open(target, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 512)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return false }
    return String(decoding: bytes[..<count], as: UTF8.self).contains(marker)
  }

  /// Writes it all; 0, or the number of the error.
  private static func writeAll(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = write(descriptor, rest.baseAddress, rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return 0
    }
  }

  private func failure(_ error: Int32) -> ExportError {
    ExportError(
      "'\(excerpt(of: path))' cannot be written: \(String(cString: strerror(error)))",
      hint: "nothing was changed; choose another place"
    )
  }
}

/// Why a file was not written, and the way out.
struct ExportError: Error, Equatable {
  let message: String
  let hint: String

  init(_ message: String, hint: String) {
    self.message = message
    self.hint = hint
  }
}
