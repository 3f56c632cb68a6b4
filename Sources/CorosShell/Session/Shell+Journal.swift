import CorosKernel
import CorosLanguage
package import CorosSession

// Keeping and restoring sessions.

extension Shell {
  /// Writes every command that changes the machine to a file from now on.
  package func keepSession(in journal: SessionJournal) {
    session.journal = journal
  }

  /// Restores the last session that has ended, and says which.
  ///
  /// - Parameter folder: The folder of the session files.
  package func resumeSession(from folder: String) {
    guard let last = SessionJournal.last(in: folder) else {
      return output.writeError("coros: no session to resume\n")
    }
    do throws(JournalError) {
      try session.load(last.text)
      let tasks = counted(scheduler.liveTaskCount, "task")
      output.writeLine("resumed at tick \(scheduler.now), with \(tasks); `ps` shows them")
    } catch {
      output.writeError("coros: cannot resume: \(last.path):\(error.line): \(error.message)\n")
    }
  }

  /// Writes the changes since the last call, if this session is kept.
  func keepJournal() {
    if let warning = session.keepJournal() { output.writeError("coros: \(warning)\n") }
  }
}
