package import CorosFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folder in which sessions are kept, a file for each.
///
/// The order of the files is that in which they were written last, by their time of change: whoever writes makes
/// its file newer than all others, so that a clock that was set back changes nothing.
package struct SessionFolder {
  package let path: String

  /// How many files of sessions are kept.
  private static let kept = 10
  private static let beginning = "session-"
  private static let suffix = ".journal"

  package init(_ path: String) { self.path = path }

  // MARK: Files

  /// The files of sessions that have ended, as far as they can be told, the last one first.
  package var ended: [SessionFile] { files.reversed().filter { !$0.isLiving } }

  /// The files of sessions, oldest first.
  private var files: [SessionFile] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var files: [SessionFile] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(Self.beginning), name.hasSuffix(Self.suffix) else { continue }
      files.append(SessionFile("\(path)/\(name)"))
    }
    return files.map { ($0, $0.time) }.sorted { ($0.1, $0.0.path) < ($1.1, $1.0.path) }.map(\.0)
  }

  /// A path for a new file, whose name comes after those there are.
  var newPath: String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    // In the order of time: the seconds, and then the fractions, with as many digits as ever.
    var moment = Moment(now)
    let last = files.compactMap { Moment(named: $0.path) }.max()
    if let last, last >= moment { moment = last.next }
    return "\(path)/\(Self.beginning)\(moment.text)-\(getpid())\(Self.suffix)"
  }

  /// Makes a file newer than all others, if it is not.
  func makeNewest(_ path: String) {
    let others = files.filter { $0.path != path }.map(\.time)
    guard let last = others.max(), SessionFile(path).time <= last else { return }
    // Some file systems count in microseconds.
    let time = last.adding(nanoseconds: 1_000)
    let times = [time.value, time.value]
    utimensat(AT_FDCWD, path, times, 0)
  }

  /// Removes the files of the oldest sessions, if there are too many; never that of one that lives.
  func prune() {
    for file in files.dropLast(Self.kept) where !file.isLiving { unlink(file.path) }
  }
}

/// The file of a session.
package struct SessionFile {
  package let path: String

  init(_ path: String) { self.path = path }

  /// When it was last written.
  fileprivate var time: Moment {
    var status = stat()
    guard stat(path, &status) == 0 else { return Moment(timespec()) }
    #if os(Linux)
      return Moment(status.st_mtim)
    #else
      return Moment(status.st_mtimespec)
    #endif
  }

  /// Whether its session goes on: it holds a lock, or where there are no locks its process is there.
  var isLiving: Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return false }
    if errno == EWOULDBLOCK { return true }
    let name = path.split(separator: "/").last ?? ""
    let process = name.dropLast(".journal".count).split(separator: "-").last.flatMap { pid_t($0) }
    guard let process, process != getpid() else { return false }
    return kill(process, 0) == 0 || errno == EPERM
  }

  /// What is in it.
  ///
  /// - Parameter condition: Asked now and then; true gives up.
  /// - Returns: Its bytes.
  /// - Throws: Why it cannot be read.
  package func bytes(unless condition: () -> Bool) throws(FileError) -> [UInt8] {
    try FileReader.bytes(path, unless: condition)
  }
}

/// A moment of the clock on the wall.
private struct Moment: Comparable {
  let value: timespec

  init(_ value: timespec) { self.value = value }

  /// Reads it from the name of a file.
  init?(named path: String) {
    let name = path.split(separator: "/").last ?? ""
    let parts = name.split(separator: "-")
    guard parts.count > 1 else { return nil }
    let numbers = parts[1].split(separator: ".")
    guard numbers.count == 2, let seconds = Int(numbers[0]), let rest = Int(numbers[1]) else {
      return nil
    }
    value = timespec(tv_sec: seconds, tv_nsec: rest)
  }

  /// Twelve digits, a point, and nine.
  var text: String {
    func digits(_ number: Int, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return digits(value.tv_sec, 12) + "." + digits(value.tv_nsec, 9)
  }

  var next: Moment { adding(nanoseconds: 1) }

  func adding(nanoseconds: Int) -> Moment {
    let sum = value.tv_nsec + nanoseconds
    return Moment(
      timespec(tv_sec: value.tv_sec + sum / 1_000_000_000, tv_nsec: sum % 1_000_000_000)
    )
  }

  static func < (left: Moment, right: Moment) -> Bool {
    (left.value.tv_sec, left.value.tv_nsec) < (right.value.tv_sec, right.value.tv_nsec)
  }

  static func == (left: Moment, right: Moment) -> Bool {
    (left.value.tv_sec, left.value.tv_nsec) == (right.value.tv_sec, right.value.tv_nsec)
  }
}
