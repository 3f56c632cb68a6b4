import CorosHistory

// Keeping a session, and bringing one back.

extension Session {
  /// The session's journal as it stands, as text.
  package var journalText: String {
    machine.closeJournal()
    return JournalText.text(start, machine.journal)
  }

  /// Replaces the machine by the one that a journal leads to; the tasks of the present one are ended.
  ///
  /// - Throws: `JournalError`, at the first line that is wrong; then nothing has changed.
  package func load(_ text: String) throws(JournalError) {
    adopt(try JournalPlayer(text, catalogue: catalogue, isInterrupted: isInterrupted).session)
  }

  /// Writes what was done since the last time to the session's file, if it is kept.
  ///
  /// - Returns: What the person is to be told of that; nil when there is nothing.
  package func keepJournal() -> String? { journal?.append(start, machine) }

  /// Replaces the machine by the one that a session's file leads to, as far as the file is whole.
  ///
  /// Its last line counts only if it is ended: a cut line may look like another command. What is no line of a
  /// journal, and what comes out differently, ends the file.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - progress: Told now and then at which moment the run stands, and which is the last.
  /// - Returns: The number of the first line that was left out; nil when there is none.
  /// - Throws: `JournalError` when there is nothing to bring back, or somebody interrupts; then nothing has
  ///   changed.
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
        let player = try JournalPlayer(
          lines: lines,
          catalogue: catalogue,
          isInterrupted: isInterrupted,
          progress: progress
        )
        adopt(player.session)
        return damage
      } catch {
        // Before that line all went well, and will once more.
        guard !isInterrupted(), error.line > JournalPlayer.shortestHeader, error.line <= lines.count
        else { throw error }
        damage = error.line
        lines.removeLast(lines.count - error.line + 1)
      }
    }
  }
}
