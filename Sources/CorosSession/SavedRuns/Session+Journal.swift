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
  /// - Returns: Why the session is not kept any more; nil when all is well.
  package func keepJournal() -> String? {
    guard let journal else { return nil }
    journal.append(start, machine)
    guard let warning = journal.warning else { return nil }
    self.journal = nil
    return warning
  }
}
