#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// Everything that is decided once at start-up about the terminal, as plain values.
package struct TerminalInfo: Equatable, Sendable {
  /// When to colour: as the person asked on the command line.
  package enum ColorChoice: String, CaseIterable, Sendable {
    case auto
    case always
    case never
  }

  /// Whether a person types and reads: standard input and output are both terminals.
  package var isInteractive: Bool

  /// Whether the terminal can move its cursor, which editing and live output need.
  package var supportsCursorMovement: Bool

  /// Whether standard output shows colours.
  package var isColorEnabled: Bool

  /// Whether the locale has more characters than those of ASCII.
  ///
  /// A locale that is not set at all is nearly always that of a terminal that speaks UTF-8.
  package var isUnicode: Bool

  /// Decides from what is known of the process, and reads nothing else.
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
      // An empty NO_COLOR counts as unset, as its convention says.
      case .auto: supportsCursorMovement && (variable("NO_COLOR") ?? "").isEmpty
      }
  }

  /// Decides for this process from its descriptors and environment.
  package static func current(color: ColorChoice = .auto) -> TerminalInfo {
    TerminalInfo(
      isInputTerminal: isatty(STDIN_FILENO) == 1,
      isOutputTerminal: isatty(STDOUT_FILENO) == 1,
      color: color,
      variable: environmentVariable
    )
  }
}

/// How many characters the screen holds.
package struct TerminalSize: Equatable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// The size of the terminal at standard output; `COLUMNS` and `LINES`, then 80 by 24, stand in for
  /// what it does not tell.
  package static func current() -> TerminalSize {
    var window = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0
    func measure(_ told: UInt16, _ name: String, _ usual: Int) -> Int {
      if isKnown, told > 0 { return Int(told) }
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
