import CorosFiles
package import CorosHistory

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The journal of an interactive session, written to a file as the session goes on.
///
/// The file is locked while its session lives, so `--resume` in another terminal finds the last session that
/// has ended.
package final class SessionJournal {
  private let folder: String
  private let path: String
  private var file: OpenFile?
  private var written = 0
  /// A problem to report once; nil if there is none, or it has been reported.
  package private(set) var warning: String?

  /// The number of session files kept.
  private static let kept = 10
  private static let suffix = ".journal"

  /// Begins a file in a folder, which is created if necessary.
  package init(folder: String) {
    self.folder = folder
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    // Names sort by time: the seconds, then the fraction with a fixed number of digits.
    let seconds = String(time.tv_sec)
    let fractions = String(1_000_000_000 + time.tv_nsec).dropFirst()
    let padding = String(repeating: "0", count: max(0, 12 - seconds.count))
    path = "\(folder)/session-\(padding)\(seconds).\(fractions)-\(getpid())\(Self.suffix)"
  }

  /// Writes the entries since the last call.
  package func append(_ start: MachineStart, _ machine: TimeMachine) {
    machine.closeJournal()
    guard let file else { return begin(start, machine) }
    let lines = machine.journal[written...].map { JournalText.line($0) + "\n" }
    guard !lines.isEmpty else { return }
    written = machine.journal.count
    let error = file.write(lines.joined())
    if error != 0 { fail(String(cString: strerror(error))) }
  }

  /// Starts a new file, because the machine was replaced.
  package func restart() {
    file = nil
    written = 0
  }

  /// Creates the file once there is something to write.
  private func begin(_ start: MachineStart, _ machine: TimeMachine) {
    guard warning == nil, !machine.journal.isEmpty else { return }
    makeFolder()
    do throws(FileError) {
      let writer = try FileWriter(path, kind: JournalText.kind, isPrivate: true)
      try writer.write(JournalText.text(start, machine.journal))
      let file = try writer.commit()
      flock(file.descriptor, LOCK_EX | LOCK_NB)
      self.file = file
      written = machine.journal.count
    } catch {
      fail(error.message)
    }
    prune()
  }

  private func fail(_ message: String) {
    if warning == nil { warning = "this session is not kept: \(message)" }
    file = nil
  }

  private func makeFolder() {
    var path = ""
    for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
      path += part
      if !path.isEmpty { mkdir(path, 0o700) }
      path += "/"
    }
  }

  private func prune() {
    for name in Self.sessions(in: folder).dropLast(Self.kept) {
      if let file = Self.openUnlocked("\(folder)/\(name)") {
        unlink("\(folder)/\(name)")
        _ = file
      }
    }
  }

  /// The text of the last session that has ended; nil if there is none.
  package static func last(in folder: String) -> (path: String, text: String)? {
    for name in sessions(in: folder).reversed() {
      let path = "\(folder)/\(name)"
      guard let file = openUnlocked(path) else { continue }
      defer { _ = file }
      if let text = try? FileReader.text(path) { return (path, text) }
    }
    return nil
  }

  /// Opens a file that no running session holds.
  private static func openUnlocked(_ path: String) -> OpenFile? {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    let file = OpenFile(descriptor)
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0 ? file : nil
  }

  /// The names of the session files, oldest first.
  private static func sessions(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix("session-"), name.hasSuffix(suffix) { names.append(name) }
    }
    return names.sorted()
  }
}
