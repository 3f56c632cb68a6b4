package import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that restores a run: a journal, or an export of events, which begins with a journal.
///
/// Events are read one by one, so their number is unlimited.
package final class SavedRun {
  private var reader: LineReader
  private let file: OpenFile
  /// The line after the journal.
  private var pending: LineReader.Line?
  private var isExport = false
  /// The lines of an edited journal that could not be carried out, and why.
  package private(set) var skipped: [(line: Int, why: String)] = []

  /// The maximum size of a journal, in bytes.
  private static let limit = 64 << 20

  /// Begins to read an open file.
  package init(_ file: OpenFile, unless condition: @escaping () -> Bool) {
    self.file = file
    reader = LineReader(descriptor: file.descriptor, unless: condition)
  }

  /// Reads the journal, and replays it in a new session.
  ///
  /// - Parameters:
  ///   - session: The session that wants it: with its programs, until its user interrupts.
  ///   - isEdited: Whether only the commands count, and not what came of them.
  /// - Returns: The session, in the state of the saved run.
  /// - Throws: `JournalError` for a line that is wrong, or an event that differs in the replay.
  package func play(
    for session: Session,
    isEdited: Bool = false
  ) throws(JournalError) -> Session {
    let text = try journal()
    let player: JournalPlayer
    do throws(JournalError) {
      player = try JournalPlayer(text, for: session, isEdited: isEdited)
    } catch {
      // The header of the export precedes the journal.
      throw JournalError(error.line + (isExport ? 1 : 0), error.message, hint: error.hint)
    }
    if isExport, !isEdited { try checkEvents(of: player.session) }
    skipped = player.skipped.map { ($0.line + (isExport ? 1 : 0), $0.why) }
    return player.session
  }

  // MARK: The journal

  private func journal() throws(JournalError) -> String {
    var lines: [String] = []
    var size = 0
    func keep(_ line: String) throws(JournalError) {
      size += line.utf8.count + 1
      if size > Self.limit { throw error("the journal is longer than \(Self.limit) bytes") }
      lines.append(line)
    }
    var line = try next()
    if let first = line, first.hasPrefix(EventsFile.beginning) {
      try checkHeader(first)
      line = try next()
      while let text = line, let entry = Self.journalLine(text) {
        try keep(entry)
        line = try next()
      }
      pending = line.map { .line($0) } ?? .end
    } else {
      while let text = line {
        try keep(text)
        line = try next()
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// The journal in the text of an export of events, without the events; nil if it is no such text.
  package static func journal(inExport text: String) -> String? {
    guard text.hasPrefix(EventsFile.beginning) else { return nil }
    var journal = ""
    for line in text.split(separator: "\n").dropFirst() {
      guard let entry = journalLine(String(line)) else { break }
      journal += entry + "\n"
    }
    return journal
  }

  private func checkHeader(_ line: String) throws(JournalError) {
    guard JSON(parsing: line)?["version"] == .int(EventsFile.version) else {
      throw error(
        "this export is of a version that is not known: '\(excerpt(of: line, limit: 80))'",
        hint: "this version reads `\(EventsFile.header.text)`"
      )
    }
    isExport = true
  }

  private static func journalLine(_ line: String) -> String? {
    guard case .string(let text)? = JSON(parsing: line)?["journal"], !text.contains("\n") else {
      return nil
    }
    return text
  }

  // MARK: The events

  /// Compares each event of the file with the events of the replay.
  private func checkEvents(of session: Session) throws(JournalError) {
    var failure: JournalError?
    var count = 0
    do throws(Divergence) {
      try session.machine.replayEvents { event in
        count += 1
        do throws(JournalError) {
          try self.check(event.json)
        } catch {
          failure = error
        }
        if session.isInterrupted() { failure = failure ?? self.error("interrupted") }
        return failure == nil
      }
    } catch {
      throw failure ?? self.error(error.description)
    }
    if let failure { throw failure }
    try check(EventsFile.footer(events: count, tick: session.scheduler.now))
    if try next() != nil { throw error("here nothing should follow") }
  }

  private func check(_ expected: JSON) throws(JournalError) {
    guard let line = try next() else {
      throw error("here the file ends", hint: "is it cut off?")
    }
    if line == expected.text || JSON(parsing: line) == expected { return }
    throw error(
      "the run differs from the recorded one: here it is \(excerpt(of: expected.text, limit: 120))",
      hint: "an export brings a run back only with the programs that made it"
    )
  }

  // MARK: Lines

  private func next() throws(JournalError) -> String? {
    let line = pending ?? reader.next()
    pending = nil
    switch line {
    case .line(let text): return text
    case .end: return nil
    case .invalidUTF8(let column): throw error("this is not UTF-8, from byte \(column) on")
    case .tooLong(let limit): throw error("this line is longer than \(limit) bytes")
    case .failed(let code): throw error("cannot read on: \(String(cString: strerror(code)))")
    }
  }

  /// An error at the last line read.
  private func error(_ message: String, hint: String = "") -> JournalError {
    JournalError(max(1, reader.lineNumber), message, hint: hint)
  }
}
