package import CorosFiles

/// The file in which progress is kept, which several sessions may share.
package struct ProgressFile {
  private let path: String

  /// Names the file; it need not be there.
  package init(_ path: String) { self.path = path }

  /// Reads it; without a file, nothing has been done yet.
  ///
  /// - Throws: Why it cannot be read: then it must not be replaced either.
  package func read() throws(FileError) -> LessonProgress {
    do throws(FileError) {
      // Bytes that are no text are damage like any other.
      return LessonProgress(parsing: String(decoding: try FileReader.bytes(path), as: UTF8.self))
    } catch {
      if error.isAboutMissingFile { return LessonProgress() }
      throw error
    }
  }

  /// Changes what is in it, while no other session does.
  ///
  /// The new text takes the place of the old one as a whole, so that nothing is lost when the power fails.
  ///
  /// - Parameter change: What is to be changed in that which is there now.
  /// - Returns: What is in it then.
  /// - Throws: Why it cannot be written; then the file is as it was.
  package func update(
    _ change: (inout LessonProgress) -> Void
  ) throws(FileError) -> LessonProgress {
    let lock = try FileLock(path + ".lock")
    defer { lock.release() }
    var progress = try read()
    change(&progress)
    let writer = try FileWriter(path, kind: LessonProgress.kind, isForced: true, isPrivate: true)
    try writer.write(progress.text)
    try writer.commit()
    return progress
  }
}
