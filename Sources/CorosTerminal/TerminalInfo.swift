#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// What is decided about the terminal at start, as plain values.
package struct TerminalInfo: Equatable, Sendable {
  /// When to use colour; chosen on the command line.
  package enum ColorChoice: String, CaseIterable, Sendable {
    case auto
    case always
    case never
  }

  /// Whether the session is interactive: standard input and output are both terminals.
  package var isInteractive: Bool

  /// Whether the terminal can move its cursor, as editing and live output require.
  package var supportsCursorMovement: Bool

  /// Whether standard output uses colours.
  package var isColorEnabled: Bool

  /// Whether the locale has characters beyond ASCII.
  ///
  /// A missing locale counts as UTF-8, because nearly all terminals use it.
  package var isUnicode: Bool

  /// Decides from the given values only.
  package init(
    isInputTerminal: Bool,
    isOutputTerminal: Bool,
    color: ColorChoice = .auto,
    variable: (String) -> String?
  ) {
    let type = variable("TERM") ?? ""
    isInteractive = isInputTerminal && isOutputTerminal
    supportsCursorMovement = isOutputTerminal && !["", "dumb", "unknown"].contains(type)
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(variable).first { !$0.isEmpty }
    isUnicode = locale.map { $0.uppercased().replacing("-", with: "").contains("UTF8") } ?? true
    isColorEnabled =
      switch color {
      case .always: true
      case .never: false
      // By its convention, an empty NO_COLOR counts as unset.
      case .auto: supportsCursorMovement && (variable("NO_COLOR") ?? "").isEmpty
      }
  }

  /// Decides for this process, from its descriptors and its environment.
  package static func current(color: ColorChoice = .auto) -> TerminalInfo {
    TerminalInfo(
      isInputTerminal: isatty(STDIN_FILENO) == 1,
      isOutputTerminal: isatty(STDOUT_FILENO) == 1,
      color: color,
      variable: environmentVariable
    )
  }
}

/// The size of the screen in characters.
package struct TerminalSize: Equatable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
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
      columns: measure(window.ws_col, "COLUMNS", 80),
      rows: measure(window.ws_row, "LINES", 24)
    )
  }
}

/// The value of an environment variable of this process.
package func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
