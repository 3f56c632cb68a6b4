#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs a program to its end, with empty standard input.
///
/// Foundation's version takes longer to start a program than some of ours take to run.
enum ChildProcess {
  /// Why a program did not do its work.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs a program and returns its output.
  ///
  /// - Parameter command: The program, looked up in the path, and its arguments.
  /// - Returns: Its standard output.
  /// - Throws: `Failure` if it cannot start, or does not exit with 0.
  static func output(of command: [String]) throws -> String {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failure(description: "no pipe: \(errorText(errno))") }
    defer { close(ends[0]) }
    let process: pid_t
    do {
      defer { close(ends[1]) }
      process = try spawn(command, output: ends[1], closing: ends[0])
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(ends[0], &buffer, buffer.count)
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    try wait(for: process, command)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The nanoseconds from the start of a program to its end; its output is discarded.
  static func duration(of command: [String]) throws -> Double {
    let sink = open("/dev/null", O_WRONLY)
    defer { close(sink) }
    return try wallTime {
      try wait(for: try spawn(command, output: sink, closing: nil), command)
    }
  }

  /// The nanoseconds of CPU time that a program takes; its output is discarded.
  static func cpuTime(of command: [String]) throws -> Double {
    let sink = open("/dev/null", O_WRONLY)
    defer { close(sink) }
    let usage = try wait(for: try spawn(command, output: sink, closing: nil), command)
    return nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime)
  }

  private static func nanoseconds(_ time: timeval) -> Double {
    Double(time.tv_sec) * 1e9 + Double(time.tv_usec) * 1e3
  }

  /// Whether a program with this name exists.
  static func isInstalled(_ program: String) -> Bool {
    if program.contains("/") { return access(program, X_OK) == 0 }
    guard let path = getenv("PATH") else { return false }
    return String(cString: path).split(separator: ":").contains {
      access("\($0)/\(program)", X_OK) == 0
    }
  }

  private static func spawn(
    _ command: [String],
    output: Int32,
    closing unused: Int32?
  ) throws -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    if let unused { posix_spawn_file_actions_addclose(&actions, unused) }

    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    let code = posix_spawnp(&process, command[0], &actions, nil, arguments, environ)
    guard code == 0 else {
      throw Failure(description: "cannot start \(command[0]): \(errorText(code))")
    }
    return process
  }

  @discardableResult
  private static func wait(for process: pid_t, _ command: [String]) throws -> rusage {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) == -1 {
      guard errno == EINTR else { throw Failure(description: errorText(errno)) }
    }
    guard status == 0 else {
      let signal = status & 0x7F
      let end = signal == 0 ? "exit status \(status >> 8)" : "signal \(signal)"
      throw Failure(description: "\(command.joined(separator: " ")) ended with \(end)")
    }
    return usage
  }

  private static func errorText(_ code: Int32) -> String {
    String(cString: strerror(code))
  }
}
