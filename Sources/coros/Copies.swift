import CorosLanguage
import CorosShell
import CorosTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Several processes of this program, each with a session and a command, and a folder for what they write.
final class Copies {
  private let folder: String
  private var running: [pid_t?] = []
  private var statuses: [Int?] = []

  /// Makes the folder, and writes the session into it.
  init(ofSession journal: String) throws(CopiesRefusal) {
    var path = ((environmentVariable("TMPDIR") ?? "/tmp") + "/coros-XXXXXX").utf8CString.map { $0 }
    guard mkdtemp(&path) != nil else {
      throw CopiesRefusal("cannot create a temporary directory; set TMPDIR to another one")
    }
    folder = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard let file = fopen(self.path("journal"), "w") else {
      throw CopiesRefusal("cannot write the session to a temporary file")
    }
    let count = journal.utf8.count
    let isWritten = fwrite(journal, 1, count, file) == count
    guard fclose(file) == 0, isWritten else {
      throw CopiesRefusal("cannot write the session to a temporary file")
    }
  }

  deinit {
    for case let process? in running { kill(process, SIGKILL) }
    for case let process? in running { _ = Self.wait(for: process, 0) }
    if let directory = opendir(folder) {
      while let entry = readdir(directory) {
        withUnsafePointer(to: &entry.pointee.d_name) { name in
          name.withMemoryRebound(to: CChar.self, capacity: 256) {
            _ = unlink(path(String(cString: $0)))
          }
        }
      }
      closedir(directory)
    }
    rmdir(folder)
  }

  private func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Starts one more, with the command made from the path of the file that it is to write.
  func start(_ command: (String) -> String) throws(CopiesRefusal) {
    let number = running.count
    let line = "load \(quoted(path("journal"))) && \(command(path("\(number).out")))"
    let errors = path("\(number).errors")
    running.append(try Self.spawn(["-c", line], errors: errors))
    statuses.append(nil)
  }

  /// Waits until all have ended.
  func wait(while goesOn: ([Int?]) -> Bool) {
    var isInterrupted = false
    while running.contains(where: { $0 != nil }) {
      for (index, process) in running.enumerated() {
        guard let process, let status = Self.wait(for: process, WNOHANG) else { continue }
        running[index] = nil
        statuses[index] = status
      }
      if !goesOn(statuses), !isInterrupted {
        isInterrupted = true
        for case let process? in running { kill(process, SIGINT) }
      }
      // Long enough to cost nothing, too short to be noticed.
      usleep(10_000)
    }
  }

  /// What they have left behind.
  var outcome: CopiesOutcome {
    CopiesOutcome(
      results: statuses.indices.map { index in
        CopiesOutcome.Result(
          status: statuses[index] ?? -1,
          text: Self.text(of: path("\(index).out")),
          errors: Self.text(of: path("\(index).errors")) ?? ""
        )
      }
    )
  }

  /// The exit status of a process, in which a signal counts as in a shell; nil while it runs.
  private static func wait(for process: pid_t, _ options: Int32) -> Int? {
    var status: Int32 = 0
    while true {
      let ended = waitpid(process, &status, options)
      if ended == 0 { return nil }
      if ended < 0, errno == EINTR { continue }
      if ended < 0 { return -1 }
      return Int(status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F))
    }
  }

  private static func text(of path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer.prefix(count)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The path of this program.
  private static var program: String {
    #if os(Linux)
      "/proc/self/exe"
    #else
      CommandLine.arguments[0]
    #endif
  }

  private static func spawn(
    _ arguments: [String],
    errors: String
  ) throws(CopiesRefusal) -> pid_t {
    var process: pid_t = 0
    let code = FreshProcess.spawn(program, ["coros"] + arguments, &process) { actions in
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
      posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
    }
    guard code == 0 else {
      throw CopiesRefusal("cannot start another process: \(String(cString: strerror(code)))")
    }
    return process
  }
}
