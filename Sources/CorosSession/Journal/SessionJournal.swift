import CorosFiles
package import CorosHistory

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The journal of an interactive session, written to a file as the session goes on.
///
/// The one writer of such files. Each time it adds whole lines, or nothing: what a full disk cuts off is removed
/// at once, and written when there is room. The file is locked as long as its session lives, so that `--resume`
/// in another terminal finds the last one that has ended.
package final class SessionJournal {
  private let folder: SessionFolder
  private let path: String
  private var file: OpenFile?
  /// The length of the file, which ends with a whole line.
  private var size = 0
  /// How many entries of the machine's journal are in the file.
  private var written = 0
  /// The last of them, as it was written: a move may have become longer since.
  private var lastWritten: JournalEntry?
  /// How many bytes of the file say what later lines say again.
  private var surplus = 0
  /// Whether the file holds the journal of a machine that was thrown away.
  private var isStale = false
  private var isFailing = false

  /// So many bytes too many are a reason to write the file anew.
  private static let mostSurplus = 1 << 16

  /// Begins a file in a folder, which is made if need be; nothing is written before there is something to keep.
  package init(folder: SessionFolder) {
    self.folder = folder
    path = folder.newPath
  }

  deinit { finish() }

  /// Notes that the session has ended now: it is the last one that has.
  package func finish() {
    if file != nil { folder.makeNewest(path) }
  }

  /// Has the file begin anew, because the machine is another.
  package func restart() { isStale = true }

  /// Writes what has been done since the last time.
  ///
  /// - Returns: What the person is to be told: that the session is not kept, said once, or is kept again; nil
  ///   when there is nothing to tell.
  package func append(_ start: MachineStart, _ machine: TimeMachine) -> String? {
    machine.closeJournal()
    let failure = write(start, machine.journal)
    guard isFailing != (failure != nil) else { return nil }
    isFailing = failure != nil
    return failure.map { "this session is not kept: \($0)" } ?? "this session is kept again"
  }

  /// Returns why it has failed, or nil.
  private func write(_ start: MachineStart, _ entries: [JournalEntry]) -> String? {
    guard let file, !isStale, isThere(file) else { return writeAnew(start, entries) }
    if surplus >= Self.mostSurplus {
      if writeAnew(start, entries) == nil { return nil }
      // Where there is no room for that, the file grows on.
      surplus = 0
    }
    var first = written
    if let lastWritten, entries[written - 1] != lastWritten {
      first -= 1
      surplus += JournalText.line(lastWritten).utf8.count + 1
    }
    if first == entries.count { return nil }
    let text = entries[first...].map { JournalText.line($0) + "\n" }.joined()
    let error = file.write(text)
    if error != 0 {
      // Half a line would not be played, but the next one would be taken for its end.
      if ftruncate(file.descriptor, off_t(size)) != 0 { self.file = nil }
      return String(cString: strerror(error))
    }
    size += text.utf8.count
    note(entries)
    return nil
  }

  /// Writes all entries to a new file, which then takes the place of the old one.
  private func writeAnew(_ start: MachineStart, _ entries: [JournalEntry]) -> String? {
    if file == nil, entries.isEmpty { return nil }
    PrivateFolder.make(folder.path)
    let text = JournalText.text(start, entries)
    do throws(FileError) {
      let writer = try FileWriter(path, kind: JournalText.kind, isPrivate: true)
      try writer.write(text)
      // Before it has its name: nobody may take it for the file of a session that has ended.
      writer.lock()
      file = try writer.commit()
    } catch {
      // What was thrown away must not come back.
      if isStale {
        unlink(path)
        file = nil
      }
      return error.message
    }
    isStale = false
    surplus = 0
    size = text.utf8.count
    note(entries)
    folder.prune()
    return nil
  }

  private func note(_ entries: [JournalEntry]) {
    written = entries.count
    lastWritten = entries.last
    folder.makeNewest(path)
  }

  /// Whether the path still leads to the file.
  private func isThere(_ file: OpenFile) -> Bool {
    var (mine, named) = (stat(), stat())
    return fstat(file.descriptor, &mine) == 0 && stat(path, &named) == 0
      && mine.st_ino == named.st_ino && mine.st_dev == named.st_dev
  }
}
