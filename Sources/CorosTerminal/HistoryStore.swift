#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// The lines that a person has typed, kept from one session to the next in a file of plain text.
///
/// Each line is written when it is entered, so that neither a crash nor another session loses it.
/// When the file cannot be used, lines are remembered for this session only and `warning` says why.
package final class HistoryStore {
  /// The remembered lines, oldest first.
  package private(set) var entries: [String] = []

  /// Why lines are not kept, as one sentence for the person; nil when all is well.
  package private(set) var warning: String?

  private let file: HistoryFile?
  private let limit: Int
  private var unwritten: [String] = []
  private var writtenSinceTrim = 0

  /// Reads the lines of earlier sessions.
  ///
  /// Without a path nothing is read or written. Waits for nothing but the disk.
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

  /// Where the history of this person belongs: `coros/history` in the folder that the XDG base
  /// directories name for state; nil when there is no home.
  package static func defaultPath(
    variable: (String) -> String? = environmentVariable
  ) -> String? {
    // A relative folder is to be ignored, by that specification.
    if let state = variable("XDG_STATE_HOME"), state.hasPrefix("/") {
      return state + "/coros/history"
    }
    guard let home = variable("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.local/state/coros/history"
  }

  /// Remembers a line and returns whether it is new.
  ///
  /// Not remembered are an empty line, one that begins with a space (the way to keep a line out), and
  /// one that repeats the line before it.
  @discardableResult
  package func record(_ line: String) -> Bool {
    guard !line.allSatisfy(\.isWhitespace), !line.hasPrefix(" ") else { return false }
    guard !line.utf8.contains(0), !line.utf8.contains(0x0A), line != entries.last else {
      return false
    }
    entries.append(line)
    if entries.count > limit { entries.removeFirst(entries.count - limit) }
    unwritten.append(line)
    write()
    return true
  }

  private func write() {
    guard let file, warning == nil else { return }
    do throws(HistoryFile.Failure) {
      try file.append(unwritten)
      writtenSinceTrim += unwritten.count
      unwritten = []
      // Between trims the file may grow by a tenth, so that few lines pay for rewriting all.
      guard writtenSinceTrim > max(limit / 10, 16) else { return }
      writtenSinceTrim = 0
      try file.trim(to: limit)
    } catch {
      note(error)
    }
  }

  private func note(_ failure: HistoryFile.Failure) {
    // Another session holds the file: what is unwritten goes with the next line.
    guard let file, failure != .busy else { return }
    warning = "history is not kept: \(OutputSanitizer.neutralized(file.path)) \(failure)"
    unwritten = []
  }
}
