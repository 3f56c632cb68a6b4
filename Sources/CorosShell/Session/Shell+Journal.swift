import CorosFiles
import CorosHistory
import CorosIO
import CorosKernel
import CorosLanguage
package import CorosSession

// Keeping and restoring sessions.

extension Shell {
  /// Writes every command that changes the machine to a file from now on.
  package func keepSession(in journal: SessionJournal) {
    session.journal = journal
  }

  /// Brings back the last session that has ended, and says which, if it is not the newest or not whole.
  ///
  /// - Parameter folder: Where sessions are kept.
  package func resumeSession(from folder: SessionFolder) {
    var notes: [String] = []
    for file in folder.ended {
      do {
        let damage = try restore(file)
        let tasks = counted(scheduler.liveTaskCount, "task")
        output.writeLine("resumed at tick \(scheduler.now), with \(tasks); `ps` shows them")
        if !lostHandles.isEmpty { output.writeLine(lostHandles) }
        if let damage {
          notes.append(
            "\(file.path):\(damage): the file is damaged; what is before this line is back"
          )
        }
        if notes.count > (damage == nil ? 0 : 1) {
          notes.append("so this is the session before it")
        }
        for note in notes { output.writeError("coros: \(note)\n") }
        return
      } catch let error as JournalError {
        if isInterrupted {
          output.writeError(
            "coros: interrupted; `load \(quoted(file.path))` brings the session back\n"
          )
          return
        }
        notes.append("cannot resume: \(file.path):\(error.line): \(error.message)")
      } catch let error as FileError {
        notes.append("cannot resume: \(error.message)")
      } catch {
        notes.append("cannot resume: \(error)")
      }
    }
    for note in notes { output.writeError("coros: \(note)\n") }
    output.writeError("coros: no session to resume\n")
  }

  /// Replaces the machine by the one of a session's file; returns the first line that was left out.
  private func restore(_ file: SessionFile) throws -> Int? {
    defer { host.showProgress(nil) }
    let bytes = try file.bytes(unless: files.isInterrupted)
    return try session.restore(bytes) { [host] moment, last in
      host.showProgress("resuming: step \(moment) of \(last)")
    }
  }

  /// Writes twice a second what comes in from outside while a command runs, so that a crash of a server that serves
  /// takes little of it.
  func keepJournalOfWorld() {
    guard session.journal != nil, scheduler.wakeSource?.isActive == true, machine.ahead == 0,
      host.nanoseconds &- journalKeptAt >= 500_000_000
    else { return }
    journalKeptAt = host.nanoseconds
    keepJournal()
  }

  /// What becomes of what was open when the process ended that has opened it; empty if nothing was.
  package var lostHandles: String {
    let handles = session.handles.filter { $0.kind != .file }
    guard !handles.isEmpty, !session.start.isSimulated else { return "" }
    let names = handles.prefix(4).map { "\($0.handle)" } + (handles.count > 4 ? ["..."] : [])
    let (them, they) = handles.count == 1 ? ("it", "it is") : ("them", "they are")
    return
      "\(counted(handles.count, "handle")) (\(names.joined(separator: ", "))) went with the process that had opened "
      + "\(them): who waits for \(them) learns that \(they) broken off"
  }

  /// Writes the changes since the last call, if this session is kept.
  func keepJournal() {
    if let news = session.keepJournal() { output.writeError("coros: \(news)\n") }
  }
}
