#if canImport(Glibc)
  package import Glibc
#else
  package import Darwin
#endif

/// A program on a pseudo terminal, controlled by a test.
///
/// The program leads a new session whose controlling terminal is the pseudo terminal, so keys like Ctrl-C
/// send it signals, as for a user. It is killed and reaped when the value goes away.
package final class PseudoTerminal {
  /// Why the terminal or the program could not be started.
  package struct StartError: Error, CustomStringConvertible {
    package var description: String
  }

  /// A test waited for something that did not happen.
  package struct Timeout: Error, CustomStringConvertible {
    package var awaited: String
    package var seen: String

    package var description: String {
      "waited for \(awaited.debugDescription) and saw \(seen.debugDescription)"
    }
  }

  /// How a program ended.
  package enum Exit: Equatable, Sendable {
    case code(Int32)
    case signal(Int32)
  }

  /// The process of the program.
  package let process: pid_t

  /// All output of the program so far.
  package private(set) var transcript = ""

  /// The terminal's settings before the program started.
  package let firstSettings: termios

  private var controller: Int32
  private let device: String
  private var bytes: [UInt8] = []
  private var searched: String.UTF8View.Index
  private var exit: Exit?

  /// Starts a program on a new terminal.
  ///
  /// The program gets only the given environment, plus defaults for `TERM` and `LANG`. Its signals have their
  /// default actions, whatever they are in the test's own process.
  package init(
    _ executable: String,
    arguments: [String] = [],
    environment: [String: String] = [:],
    columns: UInt16 = 80,
    rows: UInt16 = 24
  ) throws {
    searched = transcript.utf8.startIndex
    let usual = ["TERM": "xterm", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"]
    let variables = usual.merging(environment) { $1 }
    (controller, device) = try Self.openTerminal(columns: columns, rows: rows)
    firstSettings = Self.settings(of: controller)
    do {
      process = try Self.spawn(executable, arguments, variables, on: device)
    } catch {
      close(controller)
      throw error
    }
  }

  deinit {
    if exit == nil {
      // The whole session, because a shell under test may have started other programs.
      kill(-process, SIGKILL)
      kill(process, SIGKILL)
      var status: Int32 = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
    hangUp()
  }

  /// Closes the terminal, as a user does who closes a window; nothing more is typed or seen.
  package func hangUp() {
    if controller >= 0 { close(controller) }
    controller = -1
  }

  /// The path of an executable of this package, which is beside the test bundle.
  package static func product(_ name: String) -> String {
    var path = testBundle
    while let slash = path.lastIndex(of: "/") {
      path = String(path[..<slash])
      let candidate = path + "/" + name
      if access(candidate, X_OK) == 0 { return candidate }
    }
    return name
  }

  // MARK: - Typing

  /// Types text; `\r` is the Return key, `\u{03}` is Ctrl-C.
  package func send(_ text: String) { send(bytes: Array(text.utf8)) }

  /// Sends bytes.
  package func send(bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // Read the program's output meanwhile, to avoid a deadlock.
      let ready = poll(events: POLLIN | POLLOUT, milliseconds: 10_000)
      if ready & POLLIN != 0 { readAvailable() }
      guard ready & POLLOUT != 0 else {
        if ready == 0 || ready & POLLHUP != 0 { return }
        continue
      }
      let count = rest.withUnsafeBytes { write(controller, $0.baseAddress, min($0.count, 512)) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EAGAIN, errno != EINTR {
        return
      }
    }
  }

  /// Sends a signal to the program only.
  package func signal(_ number: Int32) { kill(process, number) }

  /// Changes the size of the terminal, which sends the program a signal.
  package func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
  }

  // MARK: - Watching

  /// Waits until the program has written the text, after what earlier calls have found.
  ///
  /// Returns the output before the text. The timeout only catches a program that never writes the text; it
  /// measures nothing.
  @discardableResult
  package func expect(_ text: String, timeout milliseconds: Int32 = 20_000) throws -> String {
    var remaining = milliseconds
    while true {
      if let before = find(text) { return before }
      let ready = poll(events: POLLIN, milliseconds: 100)
      let isOpen = ready == 0 || readAvailable()
      if !isOpen, let before = find(text) { return before }
      // No clock: a quiet poll takes its time, and a program that writes on and on has only so many turns.
      remaining -= ready == 0 ? 100 : 1
      guard isOpen, remaining > 0 else {
        // The error shows the end of the output, which is the most useful part.
        throw Timeout(awaited: text, seen: String(unread.suffix(2_000)))
      }
    }
  }

  /// The output after what `expect` has found.
  package var unread: String { String(transcript[searched...]) }

  /// Waits until a condition holds, such as one on the terminal's settings.
  ///
  /// Wait for `!isReadingLines` before typing at a line editor: until the program changes the settings, the
  /// terminal echoes what is typed.
  package func wait(for what: String, until condition: (PseudoTerminal) -> Bool) throws {
    for _ in 0..<20_000 {
      if condition(self) { return }
      if poll(events: POLLIN, milliseconds: 1) & POLLIN != 0, !readAvailable() { usleep(1_000) }
    }
    throw Timeout(awaited: what, seen: unread)
  }

  /// Waits until the program ends, and returns how it ended.
  package func waitForExit(timeout milliseconds: Int32 = 20_000) throws -> Exit {
    var remaining = milliseconds
    while exit == nil {
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process {
        exit = status & 0x7F == 0 ? .code((status >> 8) & 0xFF) : .signal(status & 0x7F)
        break
      }
      guard remaining > 0 else { throw Timeout(awaited: "the program's end", seen: unread) }
      // A program cannot end while it is blocked on output.
      if poll(events: POLLIN, milliseconds: 10) & POLLIN == 0 || !readAvailable() { usleep(1_000) }
      remaining -= 10
    }
    while poll(events: POLLIN, milliseconds: 0) & POLLIN != 0, readAvailable() {}
    guard let exit else { throw Timeout(awaited: "the program's end", seen: unread) }
    return exit
  }

  /// Waits until the program is stopped, for example by Ctrl-Z.
  package func waitForStop(timeout milliseconds: Int32 = 20_000) throws {
    for _ in 0..<max(1, milliseconds / 10) {
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG | WUNTRACED) == process, status & 0xFF == 0x7F { return }
      if poll(events: POLLIN, milliseconds: 10) & POLLIN != 0 { readAvailable() }
    }
    throw Timeout(awaited: "the program's stop", seen: unread)
  }

  // MARK: - The terminal's settings

  /// Whether the terminal echoes what is typed, as it does when no program edits lines itself.
  package var isEchoing: Bool { settings.c_lflag & tcflag_t(ECHO) != 0 }

  /// Whether the terminal returns whole lines, as it does when no program edits lines itself.
  package var isReadingLines: Bool { settings.c_lflag & tcflag_t(ICANON) != 0 }

  /// Whether all settings that a program can change are equal.
  package func hasSettings(of other: termios) -> Bool {
    let now = settings
    return now.c_iflag == other.c_iflag && now.c_oflag == other.c_oflag
      && now.c_lflag == other.c_lflag && now.c_cflag == other.c_cflag
  }

  /// The current settings of the terminal.
  package var settings: termios { Self.settings(of: controller) }

  private static func settings(of descriptor: Int32) -> termios {
    var settings = termios()
    tcgetattr(descriptor, &settings)
    return settings
  }

  // MARK: - Private

  private func find(_ text: String) -> String? {
    let rest = transcript.utf8[searched...]
    let wanted = Array(text.utf8)
    guard let found = rest.firstRange(ofBytes: wanted) else { return nil }
    let before = String(decoding: rest[..<found.lowerBound], as: UTF8.self)
    searched = found.upperBound
    return before
  }

  private func poll(events: Int32, milliseconds: Int32) -> Int32 {
    var polled = pollfd(fd: controller, events: Int16(events), revents: 0)
    #if canImport(Glibc)
      let count = Glibc.poll(&polled, 1, milliseconds)
    #else
      let count = Darwin.poll(&polled, 1, milliseconds)
    #endif
    return count > 0 ? Int32(polled.revents) : 0
  }

  /// Reads the available output; returns false at the end of the output.
  @discardableResult
  private func readAvailable() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(controller, &buffer, buffer.count)
    guard count > 0 else { return count < 0 && (errno == EINTR || errno == EAGAIN) }
    bytes += buffer.prefix(count)
    // A character may arrive in two parts.
    let complete = bytes.completeUTF8Count
    let offset = transcript.utf8.distance(from: transcript.utf8.startIndex, to: searched)
    transcript += String(decoding: bytes.prefix(complete), as: UTF8.self)
    searched = transcript.utf8.index(transcript.utf8.startIndex, offsetBy: offset)
    bytes.removeFirst(complete)
    return true
  }

  private static func openTerminal(
    columns: UInt16,
    rows: UInt16
  ) throws -> (controller: Int32, device: String) {
    var controller: Int32 = -1
    var device: Int32 = -1
    var name = [CChar](repeating: 0, count: 256)
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&controller, &device, &name, nil, &size) == 0 else {
      throw StartError(description: "no pseudo terminal: \(String(cString: strerror(errno)))")
    }
    // The program opens the device by its name again, which makes it the controlling terminal.
    close(device)
    _ = fcntl(controller, F_SETFD, FD_CLOEXEC)
    let path = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return (controller, String(decoding: path, as: UTF8.self))
  }

  private static func spawn(
    _ executable: String,
    _ arguments: [String],
    _ variables: [String: String],
    on device: String
  ) throws -> pid_t {
    try spawnProcess(executable, arguments, variables, inNewSession: true) { actions in
      posix_spawn_file_actions_addopen(&actions, 0, device, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
  }

  private static var testBundle: String {
    #if os(Linux)
      var buffer = [CChar](repeating: 0, count: 4096)
      let count = max(0, readlink("/proc/self/exe", &buffer, buffer.count))
      let executable = String(
        decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) },
        as: UTF8.self
      )
      if !executable.contains("swiftpm-testing-helper") { return executable }
    #endif
    // The test runner got the bundle as an argument.
    return CommandLine.arguments.first { $0.contains(".xctest") } ?? CommandLine.arguments[0]
  }
}

// The flags of `poll` have different types in the function and in the structure.
private let POLLIN = Int32(1)
private let POLLOUT = Int32(4)
private let POLLHUP = Int32(16)

extension Substring.UTF8View {
  /// The first range of these bytes.
  fileprivate func firstRange(ofBytes wanted: [UInt8]) -> Range<Index>? {
    guard let first = wanted.first else { return startIndex..<startIndex }
    var candidate = self[...]
    while let start = candidate.firstIndex(of: first) {
      if self[start...].starts(with: wanted) {
        return start..<index(start, offsetBy: wanted.count)
      }
      candidate = self[index(after: start)...]
    }
    return nil
  }
}

extension [UInt8] {
  /// The number of bytes up to the end of the last complete character.
  fileprivate var completeUTF8Count: Int {
    for back in 1...4 where back <= count {
      let byte = self[count - back]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      return length > back ? count - back : count
    }
    return count
  }
}
