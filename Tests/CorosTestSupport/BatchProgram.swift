#if canImport(Glibc)
  package import Glibc
#else
  package import Darwin
#endif

/// A program without a terminal: it reads a file or a pipe, and its output is collected.
///
/// The program is killed and reaped when the value goes away.
package final class BatchProgram {
  /// What the program reads from standard input.
  package enum Input {
    case bytes([UInt8])
    /// A pipe that stays empty.
    case silence

    package static func text(_ text: String) -> Input { .bytes(Array(text.utf8)) }
  }

  /// How a program ended, and its output.
  package struct Outcome {
    package var exit: PseudoTerminal.Exit
    package var output: String
    package var errors: String
  }

  /// The process of the program.
  package let process: pid_t
  private let folder: TemporaryFolder
  private var silence: [Int32] = []
  private var isReaped = false

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - executable: Its path.
  ///   - arguments: Its arguments, without its name.
  ///   - environment: Its environment, in addition to a usual `PATH`, `LANG` and a temporary `HOME`.
  ///   - input: What it reads from standard input.
  ///   - joinsErrors: Whether standard error goes to standard output.
  /// - Throws: `PseudoTerminal.StartError` if it cannot be started.
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

  /// What the program has written to standard error so far.
  package var errors: String { folder.read("errors") ?? "" }

  /// Waits until the program has written something to standard output.
  package func waitForOutput() throws { try wait(for: "output") { !$0.output.isEmpty } }

  /// Waits until the program has written something to standard error.
  package func waitForErrors() throws { try wait(for: "errors") { !$0.errors.isEmpty } }

  /// Waits until a condition holds; throws an error with the given name if it never does.
  package func wait(for what: String, until condition: (BatchProgram) -> Bool) throws {
    for _ in 0..<60_000 {
      if condition(self) { return }
      usleep(1_000)
    }
    throw PseudoTerminal.Timeout(awaited: what, seen: String(output.suffix(2_000)))
  }

  /// Waits until the program ends.
  ///
  /// The timeout only catches a program that hangs; it measures nothing.
  package func wait(timeout seconds: Int = 120) throws -> Outcome {
    for _ in 0..<(seconds * 1_000) {
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process {
        isReaped = true
        return Outcome(
          exit: status & 0x7F == 0 ? .code((status >> 8) & 0xFF) : .signal(status & 0x7F),
          output: output,
          errors: errors
        )
      }
      usleep(1_000)
    }
    throw PseudoTerminal.Timeout(awaited: "the program's end", seen: String(output.suffix(2_000)))
  }
}

#if os(Linux)
  extension BatchProgram {
    /// Whether the program is blocked.
    package var isAsleep: Bool { status("State")?.hasPrefix("S") ?? false }

    /// The peak memory of the program so far, in bytes.
    ///
    /// The figure that the system reports for an ended process is useless: it includes the memory of the test
    /// itself, from before the program replaced the copy of it.
    package var peakMemory: Int? {
      status("VmHWM")?.split(separator: " ").first.flatMap { Int($0) }.map { $0 << 10 }
    }

    private func status(_ key: String) -> Substring? {
      guard let file = fopen("/proc/\(process)/status", "r") else { return nil }
      defer { fclose(file) }
      var buffer = [UInt8](repeating: 0, count: 8_192)
      let count = fread(&buffer, 1, buffer.count, file)
      for line in String(decoding: buffer.prefix(count), as: UTF8.self).split(separator: "\n")
      where line.hasPrefix(key + ":") {
        return line.dropFirst(key.count + 1).drop { $0 == "\t" || $0 == " " }
      }
      return nil
    }
  }
#endif
