import CorosLanguage

/// The access of commands to files: commands read and write files only through this value.
package struct FileAccess {
  /// Whether all access is refused, because the commands come from an untrusted source.
  package let isDisabled: Bool

  package init(
    isDisabled: Bool
  ) {
    self.isDisabled = isDisabled
  }

  /// Opens a file for reading in pieces.
  package func open(_ path: String) throws(FileError) -> OpenFile {
    try check(path)
    return try FileReader.open(path)
  }

  /// Reads a whole text file.
  package func text(of path: String) throws(FileError) -> String {
    try check(path)
    return try FileReader.text(path)
  }

  /// Starts writing a file; see `FileWriter`.
  package func writer(
    _ path: String,
    kind: FileKind,
    isForced: Bool
  ) throws(FileError) -> FileWriter {
    try check(path)
    return try FileWriter(path, kind: kind, isForced: isForced)
  }

  private func check(_ path: String) throws(FileError) {
    guard isDisabled else { return }
    throw FileError(
      "cannot access '\(excerpt(of: path, limit: 200))': a sandbox has no files",
      hint: "start coros without --sandbox to use files"
    )
  }
}
