import CorosHistory

// Saving a session, and restoring one.

extension Session {
  /// The journal of the session so far, as text.
  package var journalText: String {
    machine.closeJournal()
    return JournalText.text(start, machine.journal)
  }

  /// The same, without the bytes that came in: it can be read by others, and not loaded.
  package var redactedJournalText: String {
    machine.closeJournal()
    return JournalText.text(start, machine.journal, hidesBytes: true)
  }

  /// Replaces the machine with the one at the end of a journal, and ends the tasks of the old one.
  ///
  /// - Throws: `JournalError` for the first line that is wrong; nothing changes then.
  package func load(_ text: String) throws(JournalError) {
    adopt(try JournalPlayer(text, for: self).session)
  }

  /// Appends the commands since the last call to the session's file, if the session is saved.
  ///
  /// - Returns: A message for the user; nil if all went well.
  package func keepJournal() -> String? { journal?.append(start, machine) }

  /// Replaces the machine with the one at the end of a session's file, as far as the file is intact.
  ///
  /// A last line without a line feed is ignored: a cut line may look like another command. The file also ends at
  /// the first line that is not part of a journal, or that gives another result than the recorded one.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - progress: Called from time to time with the current moment and the last one.
  /// - Returns: The number of the first line that was ignored; nil if there is none.
  /// - Throws: `JournalError` if there is nothing to restore, or the user interrupts; nothing changes then.
  package func restore(
    _ bytes: [UInt8],
    progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) throws(JournalError) -> Int? {
    var lines: [String] = []
    var parts = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var damage = parts.popLast().flatMap { $0.isEmpty ? nil : parts.count + 1 }
    for (index, part) in parts.enumerated() {
      guard let line = String(validating: part, as: UTF8.self), !line.utf8.contains(0) else {
        damage = index + 1
        break
      }
      lines.append(line)
    }
    while true {
      do throws(JournalError) {
        adopt(try JournalPlayer(lines: lines, for: self, progress: progress).session)
        return damage
      } catch {
        // The lines before this one were replayed without an error, and will be again.
        guard !isInterrupted(), error.line > JournalPlayer.shortestHeader, error.line <= lines.count
        else { throw error }
        damage = error.line
        lines.removeLast(lines.count - error.line + 1)
      }
    }
  }
}
