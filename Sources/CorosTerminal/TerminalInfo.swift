#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// What is decided about the three standard streams at start, as plain values; each stream for itself.
package struct TerminalInfo: Equatable, Sendable {
  /// When to use colour; chosen on the command line.
  package enum ColorChoice: String, CaseIterable, Sendable {
    case auto
    case always
    case never
  }

  /// Which of the standard streams are terminals.
  package struct Streams: Equatable, Sendable {
    package var input: Bool
    package var output: Bool
    package var error: Bool

    package init(input: Bool, output: Bool, error: Bool) {
      self.input = input
      self.output = output
      self.error = error
    }
  }

  /// Which of the standard streams are terminals.
  package var streams: Streams

  /// The type of the terminal.
  package var type: TerminalType

  /// Whether standard output uses colours.
  package var isColorEnabled: Bool

  /// Whether standard error uses colours.
  package var isErrorColorEnabled: Bool

  /// Whether the locale has characters beyond ASCII.
  ///
  /// A missing locale counts as UTF-8, because nearly all terminals use it.
  package var isUnicode: Bool

  /// Decides from the given values only.
  package init(
    streams: Streams,
    type: TerminalType,
    color: ColorChoice = .auto,
    variable: (String) -> String?
  ) {
    self.streams = streams
    self.type = type
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty }
    isUnicode = locale.map { $0.uppercased().replacing("-", with: "").contains("UTF8") } ?? true
    // By its convention, an empty NO_COLOR counts as unset.
    let isWelcome = (variable("NO_COLOR") ?? "").isEmpty
    func isColored(_ isTerminal: Bool) -> Bool {
      switch color {
      case .always: true
      case .never: false
      case .auto: isTerminal && type.canMoveCursor && type.hasColor && isWelcome
      }
    }
    isColorEnabled = isColored(streams.output)
    isErrorColorEnabled = isColored(streams.error)
  }

  /// Decides for this process, from its descriptors and its environment.
  package static func current(color: ColorChoice = .auto) -> TerminalInfo {
    let streams = Streams(
      input: isatty(STDIN_FILENO) == 1,
      output: isatty(STDOUT_FILENO) == 1,
      error: isatty(STDERR_FILENO) == 1
    )
    // Without a terminal the look-up would cost each start for nothing.
    let type =
      streams.output || streams.error
      ? TerminalType.current(at: streams.output ? STDOUT_FILENO : STDERR_FILENO) : .none
    return TerminalInfo(streams: streams, type: type, color: color, variable: environmentVariable)
  }

  /// Whether the session is interactive: standard input and output are both terminals.
  package var isInteractive: Bool { streams.input && streams.output }

  /// Whether the terminal can move its cursor, as editing and live output require.
  package var supportsCursorMovement: Bool { streams.output && type.canMoveCursor }
}

/// The size of the screen in characters.
package struct TerminalSize: Equatable, Sendable {
  /// No screen is larger: what a window reports beyond that would only take memory.
  static let largest = TerminalSize(columns: 1_000, rows: 500)

  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// Gives a terminal that reports an absurd size the largest one there is.
  ///
  /// The libraries that draw ask the terminal themselves, and reserve memory for each cell.
  static func limit() {
    var window = winsize()
    guard ioctl(STDIN_FILENO, UInt(TIOCGWINSZ), &window) == 0,
      Int(window.ws_col) > largest.columns || Int(window.ws_row) > largest.rows
    else { return }
    window.ws_col = min(window.ws_col, UInt16(largest.columns))
    window.ws_row = min(window.ws_row, UInt16(largest.rows))
    _ = ioctl(STDIN_FILENO, UInt(TIOCSWINSZ), &window)
  }

  /// The size of the terminal at standard output.
  ///
  /// If the terminal does not report it: `COLUMNS` and `LINES`, then 80 by 24.
  package static func current() -> TerminalSize {
    var window = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0
    func measure(_ reported: UInt16, _ name: String, _ usual: Int) -> Int {
      if isKnown, reported > 0 { return Int(reported) }
      guard let text = environmentVariable(name), let number = Int(text), number > 0 else {
        return usual
      }
      return min(number, Int(UInt16.max))
    }
    return TerminalSize(
      columns: min(measure(window.ws_col, "COLUMNS", 80), largest.columns),
      rows: min(measure(window.ws_row, "LINES", 24), largest.rows)
    )
  }
}

/// The value of an environment variable of this process.
package func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
