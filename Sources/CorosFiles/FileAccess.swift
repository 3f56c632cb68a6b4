import CorosLanguage

/// The door between commands and files: all that a command reads or writes goes through it.
package struct FileAccess {
  /// Whether the door is shut, because whoever wrote the commands is not trusted with files.
  package let isShut: Bool

  package init(
    isShut: Bool
  ) {
    self.isShut = isShut
  }

  /// Opens a file to be read piece by piece.
  package func open(_ path: String) throws(FileError) -> OpenFile {
    try check(path)
    return try FileReader.open(path)
  }

  /// Reads a file of text as a whole.
  package func text(of path: String) throws(FileError) -> String {
    try check(path)
    return try FileReader.text(path)
  }

  /// Begins to write a file: see `FileWriter`.
  package func writer(
    _ path: String,
    kind: FileKind,
    isForced: Bool
  ) throws(FileError) -> FileWriter {
    try check(path)
    return try FileWriter(path, kind: kind, isForced: isForced)
  }

  private func check(_ path: String) throws(FileError) {
    guard isShut else { return }
    throw FileError(
      "'\(excerpt(of: path, limit: 200))' is out of reach: in a sandbox there are no files",
      hint: "coros was started with --sandbox"
    )
  }
}
