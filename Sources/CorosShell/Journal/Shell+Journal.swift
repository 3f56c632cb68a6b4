import CorosKernel

// Keeping a session, and bringing one back.

extension Shell {
  /// The session's journal as it stands, as text.
  var journalText: String {
    machine.closeJournal()
    return JournalText.text(start, machine.journal)
  }

  /// Brings another session back in place of the present one, whose tasks are ended.
  func load(_ text: String) throws(JournalError) {
    let player = try JournalPlayer(text, catalogue: catalogue, settings: settings, host: host)
    adopt(player.shell)
  }

  /// Has each command's doings kept in a file from now on.
  package func keepSession(in journal: SessionJournal) {
    session = journal
  }

  /// Brings back the last session that has ended, and says which.
  ///
  /// - Parameter folder: Where sessions are kept.
  package func resumeSession(from folder: String) {
    guard let last = SessionJournal.last(in: folder) else {
      return output.writeError("coros: no session to resume\n")
    }
    do throws(JournalError) {
      try load(last.text)
      let tasks = counted(scheduler.liveTaskCount, "task")
      output.writeLine("resumed at tick \(scheduler.now), with \(tasks); `ps` shows them")
    } catch {
      output.writeError("coros: cannot resume: \(last.path):\(error.line): \(error.message)\n")
    }
  }

  /// Keeps what has been done since the last time, if this session is kept.
  func keepJournal() {
    guard let session else { return }
    session.append(start, machine)
    if let warning = session.warning {
      self.session = nil
      output.writeError("coros: \(warning)\n")
    }
  }
}
