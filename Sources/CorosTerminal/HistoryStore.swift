#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// The lines that the user has typed, kept from session to session in a text file.
///
/// Each line is written when it is entered, so neither a crash nor another session loses it. If the file
/// cannot be used, `warning` says why, and the lines are written as soon as it can.
package final class HistoryStore {
  /// The lines, oldest first.
  package private(set) var entries: [String] = []

  /// Why lines are not saved, as one sentence for the user; nil if they are.
  package private(set) var warning: String?

  private let file: HistoryFile?
  private let limit: Int
  private var unwritten: [String] = []
  private var writtenSinceTrim = 0

  /// Reads the lines of earlier sessions.
  ///
  /// Without a path, nothing is read or written. Blocks only on the disk.
  package init(path: String?, limit: Int = 10_000) {
    self.limit = max(1, limit)
    file = path.map(HistoryFile.init(path:))
    guard let file else { return }
    do throws(HistoryFile.Failure) {
      let all = try file.load()
      entries = all.suffix(self.limit)
      if all.count > self.limit { try file.trim(to: self.limit) }
    } catch {
      note(error)
    }
  }

  /// The default path of the user's history: `coros/history` in the XDG state directory.
  ///
  /// Nil if there is no home directory.
  package static func defaultPath(
    variable: (String) -> String? = environmentVariable
  ) -> String? {
    // The XDG specification says to ignore a relative path.
    if let state = variable("XDG_STATE_HOME"), state.hasPrefix("/") {
      return state + "/coros/history"
    }
    guard let home = variable("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.local/state/coros/history"
  }

  /// Adds a line, or a text of several, and returns whether it was added.
  ///
  /// Ignores empty lines, lines that begin with a space (so that a line can be kept out), and a line that
  /// repeats the previous one.
  @discardableResult
  package func record(_ line: String) -> Bool {
    guard !line.allSatisfy(\.isWhitespace), !line.hasPrefix(" ") else { return false }
    guard !line.utf8.contains(0), line.utf8.last != 0x0A, line != entries.last else {
      return false
    }
    entries.append(line)
    if entries.count > limit { entries.removeFirst(entries.count - limit) }
    unwritten.append(line)
    write()
    return true
  }

  /// Writes what could not be written yet, or else has `warning` say why not; to be called at the end.
  package func finish() {
    write()
    if let file, !unwritten.isEmpty, warning == nil { warn(file, .busy) }
  }

  private func write() {
    guard let file, !unwritten.isEmpty else { return }
    do throws(HistoryFile.Failure) {
      try file.append(unwritten)
      writtenSinceTrim += unwritten.count
      unwritten = []
      // The file may grow by a tenth before it is trimmed, so that rewriting is rare.
      guard writtenSinceTrim > max(limit / 10, 16) else { return }
      writtenSinceTrim = 0
      try file.trim(to: limit)
    } catch {
      note(error)
    }
  }

  private func note(_ failure: HistoryFile.Failure) {
    // Another session holds the lock: unwritten lines are written with the next one.
    guard let file, failure != .busy else { return }
    warn(file, failure)
    if unwritten.count > limit { unwritten.removeFirst(unwritten.count - limit) }
  }

  private func warn(_ file: HistoryFile, _ failure: HistoryFile.Failure) {
    warning = "history is not saved: \(OutputSanitizer.neutralized(file.path)) \(failure)"
  }
}
