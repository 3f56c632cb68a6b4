#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program without a terminal: it reads a file or a pipe, and what it writes is gathered.
///
/// It is killed and reaped when the value goes away.
package final class BatchProgram {
  /// What the program reads.
  package enum Input {
    case bytes([UInt8])
    /// A pipe on which nothing ever comes.
    case silence

    package static func text(_ text: String) -> Input { .bytes(Array(text.utf8)) }
  }

  /// What came of a program.
  package struct Outcome {
    package var exit: PseudoTerminal.Exit
    package var output: String
    package var errors: String
    /// The most memory that it had, in bytes.
    package var peakMemory: Int
  }

  private let process: pid_t
  private let folder: TemporaryFolder
  private var silence: [Int32] = []
  private var isReaped = false

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - executable: Its path.
  ///   - arguments: The words after its name.
  ///   - environment: All that it has, beside a usual `PATH`, `LANG` and a `HOME` of its own.
  ///   - input: What it reads.
  ///   - joinsErrors: Whether standard error goes where standard output goes.
  /// - Throws: `PseudoTerminal.StartError` when it cannot be started.
  package init(
    _ executable: String,
    _ arguments: [String] = [],
    environment: [String: String] = [:],
    input: Input = .bytes([]),
    joinsErrors: Bool = false
  ) throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    if case .bytes(let bytes) = input {
      folder.write(bytes: bytes, to: "input")
    } else {
      var ends: [Int32] = [-1, -1]
      pipe(&ends)
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      silence = ends
    }
    let usual = ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": folder.path]
    let pipeEnd = silence.first
    process = try spawnProcess(
      executable,
      arguments,
      usual.merging(environment) { $1 },
      inNewSession: false
    ) { actions in
      if let pipeEnd {
        posix_spawn_file_actions_adddup2(&actions, pipeEnd, 0)
      } else {
        posix_spawn_file_actions_addopen(&actions, 0, folder.file("input"), O_RDONLY, 0)
      }
      let flags = O_WRONLY | O_CREAT | O_APPEND
      posix_spawn_file_actions_addopen(&actions, 1, folder.file("output"), flags, 0o600)
      if joinsErrors {
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
      } else {
        posix_spawn_file_actions_addopen(&actions, 2, folder.file("errors"), flags, 0o600)
      }
    }
  }

  deinit {
    if !isReaped {
      kill(process, SIGKILL)
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
    for end in silence { close(end) }
  }

  /// Sends a signal to the program.
  package func signal(_ number: Int32) { kill(process, number) }

  /// What the program has written to standard output so far.
  package var output: String { folder.read("output") ?? "" }

  /// Waits until the program has written a text to standard output.
  package func expect(_ text: String) throws {
    for _ in 0..<20_000 {
      if output.contains(text) { return }
      usleep(1_000)
    }
    throw PseudoTerminal.Timeout(awaited: text, seen: output)
  }

  /// Waits until the program ends.
  ///
  /// The timeout is a safety net for a program that hangs, not a measure.
  package func wait(timeout seconds: Int = 120) throws -> Outcome {
    for _ in 0..<(seconds * 1_000) {
      var status: Int32 = 0
      var usage = rusage()
      if wait4(process, &status, WNOHANG, &usage) == process {
        isReaped = true
        return Outcome(
          exit: status & 0x7F == 0 ? .code((status >> 8) & 0xFF) : .signal(status & 0x7F),
          output: output,
          errors: folder.read("errors") ?? "",
          peakMemory: Self.bytes(usage.ru_maxrss)
        )
      }
      usleep(1_000)
    }
    throw PseudoTerminal.Timeout(awaited: "the program's end", seen: String(output.suffix(2_000)))
  }

  private static func bytes(_ size: Int) -> Int {
    #if canImport(Glibc)
      size << 10
    #else
      size
    #endif
  }
}

extension BatchProgram {
  /// Whether the program waits for something that only others can bring about.
  package var isAsleep: Bool {
    #if os(Linux)
      guard let file = fopen("/proc/\(process)/stat", "r") else { return false }
      defer { fclose(file) }
      var line = [UInt8](repeating: 0, count: 512)
      let count = fread(&line, 1, line.count, file)
      // The state comes after the program's name, which is in parentheses.
      let text = String(decoding: line.prefix(count), as: UTF8.self)
      return text.split(separator: ") ").last?.first == "S"
    #else
      usleep(200_000)
      return true
    #endif
  }
}