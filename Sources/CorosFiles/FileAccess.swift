import CorosLanguage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The access of commands to files: commands read and write files only through this value.
package struct FileAccess {
  /// Whether all access is refused, because the commands come from an untrusted source.
  package let isDisabled: Bool
  /// Why it is refused, and the way out.
  package var refusal = (
    reason: "a sandbox has no files", hint: "start coros without --sandbox to use files"
  )
  /// Whether somebody has asked for reading to end; cheap.
  package let isInterrupted: () -> Bool
  /// Texts that are read as if they were files, by name: those of an open lesson.
  package var attachments: [String: String] = [:]
  /// Files that may be read although all other access is refused.
  package var readable: [String] = []

  package init(
    isDisabled: Bool,
    isInterrupted: @escaping () -> Bool = { false }
  ) {
    self.isDisabled = isDisabled
    self.isInterrupted = isInterrupted
  }

  /// Opens a file for reading in pieces.
  package func open(_ path: String) throws(FileError) -> OpenFile {
    try FileReader.open(try checked(path, isForReading: true))
  }

  /// Reads a whole text file.
  package func text(of path: String) throws(FileError) -> String {
    if let text = attachments[path] { return text }
    return try FileReader.text(try checked(path, isForReading: true), unless: isInterrupted)
  }

  /// Starts writing a file; see `FileWriter`.
  package func writer(
    _ path: String,
    kind: FileKind,
    isForced: Bool,
    evenIfInterrupted: Bool = false
  ) throws(FileError) -> FileWriter {
    let isInterrupted = evenIfInterrupted ? { false } : isInterrupted
    return try FileWriter(try checked(path), kind: kind, isForced: isForced, unless: isInterrupted)
  }

  /// Opens a file for results, as `>` and `>>` do in sh.
  ///
  /// - Parameters:
  ///   - path: The file, which is created where there is none.
  ///   - keepsText: Whether what it contains stays, and results are added to it.
  /// - Returns: The file, to be written to.
  /// - Throws: Why it cannot be written.
  package func results(_ path: String, keepsText: Bool) throws(FileError) -> OpenFile {
    let path = try checked(path)
    let mode = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | (keepsText ? O_APPEND : O_TRUNC)
    let descriptor = systemOpen(path, mode)
    guard descriptor >= 0 else { throw FileError(writing: path, errno: errno) }
    return OpenFile(descriptor)
  }

  /// Whether two paths lead to the same file, there or not.
  package func areSame(_ left: String, _ right: String) -> Bool {
    canonical(left) == canonical(right)
  }

  private func canonical(_ path: String) -> String {
    let path = FileWriter.resolved(path)
    if let path = real(path) { return path }
    guard let slash = path.lastIndex(of: "/") else { return canonical("./" + path) }
    let folder = real(String(path[...slash])) ?? String(path[..<slash])
    return folder + path[slash...]
  }

  private func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The path to use: `~/` is the home folder, as everywhere where a person types.
  private func checked(
    _ path: String,
    isForReading: Bool = false
  ) throws(FileError) -> String {
    if isDisabled, !(isForReading && readable.contains { areSame($0, path) }) {
      throw FileError(
        "cannot access '\(excerpt(of: path, limit: 200))': \(refusal.reason)",
        hint: refusal.hint
      )
    }
    guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }
}

// The function of the C library, whose name is hidden above.
private func systemOpen(_ path: String, _ mode: Int32) -> Int32 { open(path, mode, 0o666) }
