internal import CCurses

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A screen drawn by ncurses, which sends only the difference between the old and the new content.
///
/// Only one can exist at a time, because the library keeps the current screen in global variables.
final class CursesScreen {
  private let output: UnsafeMutablePointer<FILE>
  private let encoding: TextEncoding
  private let hasColor: Bool
  private let screen: OpaquePointer
  /// The terminal that another library had set as current, if any.
  private let before: UnsafeMutableRawPointer?
  private let ending: [UInt8]

  /// Takes over the terminal.
  ///
  /// - Parameters:
  ///   - isColorEnabled: Whether to use colours.
  ///   - encoding: The terminal's character set, as `TextEncoding.establish` found it.
  /// - Throws: `ScreenError` if the terminal is not suitable. Then nothing was sent to it.
  init(isColorEnabled: Bool, encoding: TextEncoding) throws(ScreenError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    let type = TerminalType.current(at: STDOUT_FILENO)
    if !type.canMoveCursor {
      // Terminfo may or may not have an entry for "dumb"; the message is the same.
      throw type.isKnown || type.name == "dumb" ? .cannotMove(type.name) : .unknownType(type.name)
    }
    fflush(nil)
    guard let output = openOutputStream() else { throw .unavailable }
    // Before the library installs its handlers: it keeps handlers that others have installed.
    Signals.install()
    TerminalSize.limit()
    var before: UnsafeMutableRawPointer?
    guard let screen = coros_curses_open(output, &before) else {
      fclose(output)
      throw .unavailable
    }
    self.screen = screen
    self.before = before
    self.output = output
    self.encoding = encoding
    hasColor = isColorEnabled && has_colors()
    let isMouseReported = coros_curses_report_mouse() != 0
    ending =
      (isMouseReported ? Self.endOfMouseReports : [])
      + ["sgr0", "rmkx", "cnorm", "rmcup"].flatMap(Self.capability)
    setUp()
  }

  /// Ends the reports that a crash would leave on, as xterm does and all that report the mouse like it.
  private static let endOfMouseReports = Array("\u{1B}[?1006;1000l".utf8)

  private func setUp() {
    cbreak()
    noecho()
    nonl()
    let window = coros_curses_window()
    keypad(window, true)
    nodelay(window, true)
    leaveok(window, true)
    // A waiting key must not interrupt a drawing.
    typeahead(-1)
    set_escdelay(25)
    curs_set(0)
    if hasColor {
      start_color()
      use_default_colors()
      for color in ScreenStyle.Color.allCases {
        init_pair(Self.pair(of: color), Int16(color.rawValue), -1)
        if hasBrightColors {
          init_pair(Self.pair(of: color, isBright: true), Int16(color.rawValue) + Self.bright, -1)
        }
      }
    }
    // Without this, Ctrl-S would freeze the screen until Ctrl-Q.
    var settings = termios()
    if tcgetattr(STDIN_FILENO, &settings) == 0 {
      settings.c_iflag &= ~tcflag_t(IXON)
      tcsetattr(STDIN_FILENO, TCSANOW, &settings)
      def_prog_mode()
    }
    Signals.beginScreen(ending: ending)
  }

  /// Restores the terminal and frees everything.
  func close() {
    coros_curses_close(screen, before)
    Signals.endScreen()
    fclose(output)
  }

  // MARK: Drawing

  /// The size of the screen.
  var size: TerminalSize {
    TerminalSize(columns: Int(coros_curses_columns()), rows: Int(coros_curses_rows()))
  }

  /// Replaces the content of the screen by these rows.
  func draw(_ rows: [[ScreenText]]) {
    let window = coros_curses_window()
    let size = size
    werase(window)
    for (row, texts) in rows.prefix(size.rows).enumerated() {
      var column = 0
      for text in texts where column < size.columns {
        wmove(window, Int32(row), Int32(column))
        wattrset(window, attributes(of: text.style))
        add(text.text, room: size.columns - column)
        column += text.columns
      }
    }
    wattrset(window, 0)
    wrefresh(window)
  }

  /// Adds as much of a text as fits; a wide character at the margin would wrap to the next row.
  private func add(_ text: String, room: Int) {
    var column = 0
    var scalars: [Int32] = []
    for scalar in encoding.representable(text).unicodeScalars {
      var (shown, width) = (scalar, cells(of: scalar))
      if width < 0 { (shown, width) = ("?", 1) }
      if column + width > room { break }
      column += width
      scalars.append(Int32(bitPattern: shown.value))
    }
    coros_curses_add(scalars, Int32(scalars.count))
  }

  private func attributes(of style: ScreenStyle) -> Int32 {
    var attributes: Int32 = 0
    if style.isBold { attributes |= coros_curses_bold() }
    if style.isFaint { attributes |= coros_curses_dim() }
    if style.isUnderlined { attributes |= coros_curses_underline() }
    if style.isReversed { attributes |= coros_curses_reverse() }
    if hasColor, let color = style.color {
      let isBright = style.isBright && hasBrightColors
      attributes |= coros_curses_pair(Int32(Self.pair(of: color, isBright: isBright)))
    }
    return attributes
  }

  /// The distance of a bright colour's number to that of its dark one.
  private static let bright: Int16 = 8

  private var hasBrightColors: Bool { coros_curses_colors() >= 2 * Self.bright }

  /// The number under which curses knows a colour; 0 is that of ordinary text.
  private static func pair(of color: ScreenStyle.Color, isBright: Bool = false) -> Int16 {
    Int16(color.rawValue) + 1 + (isBright ? bright : 0)
  }

  // MARK: Changes of the terminal

  /// Handles a new size of the screen.
  func resize() {
    TerminalSize.limit()
    let size = TerminalSize.current()
    resizeterm(Int32(size.rows), Int32(size.columns))
    coros_curses_invalidate()
  }

  /// Restores the terminal, stops the process, and takes over the terminal when it is continued.
  func stopProcess() {
    endwin()
    Signals.endScreen()
    Signals.stop()
    resize()
    Signals.beginScreen(ending: ending)
  }

  /// Takes over the terminal after other programs may have used it: the next drawing redraws everything.
  func reclaimTerminal() {
    endwin()
    resize()
  }

  // MARK: Keys

  /// A result of reading the keyboard.
  enum Input: Equatable {
    case key(TerminalKey)
    /// A key without a meaning here.
    case other
    case nothing
  }

  /// The next waiting key, if any.
  ///
  /// Does not block, except for a moment after Escape, which may begin a sequence.
  func input() -> Input {
    var code: UInt32 = 0
    switch Int(coros_curses_key(&code)) {
    case Int(COROS_KEY_FUNCTION):
      let code = Int32(bitPattern: code)
      return code == KEY_MOUSE ? Self.mouse() : Self.functionKey(code)
    case Int(COROS_KEY_CHARACTER): return Self.characterKey(code)
    default: return .nothing
    }
  }

  private static func mouse() -> Input {
    var (row, column): (Int32, Int32) = (0, 0)
    let kind = Int(coros_curses_mouse(&row, &column))
    return switch kind {
    case Int(COROS_MOUSE_PRESS): .key(.click(row: Int(row), column: Int(column)))
    case Int(COROS_MOUSE_WHEEL_UP): .key(.wheel(lines: -wheelLines, column: Int(column)))
    case Int(COROS_MOUSE_WHEEL_DOWN): .key(.wheel(lines: wheelLines, column: Int(column)))
    default: .other
    }
  }

  /// How far the wheel goes at a time.
  private static let wheelLines = 3

  private static func functionKey(_ code: Int32) -> Input {
    switch code {
    case KEY_UP: .key(.up)
    case KEY_DOWN: .key(.down)
    case KEY_LEFT: .key(.left)
    case KEY_RIGHT: .key(.right)
    case KEY_PPAGE: .key(.pageUp)
    case KEY_NPAGE: .key(.pageDown)
    case KEY_HOME, KEY_A1: .key(.home)
    case KEY_END, KEY_C1: .key(.end)
    case KEY_ENTER: .key(.enter)
    case KEY_BACKSPACE, KEY_DC: .key(.backspace)
    default: .other
    }
  }

  private static func characterKey(_ code: UInt32) -> Input {
    switch code {
    case 0x0A, 0x0D: .key(.enter)
    case 0x1B: .key(.escape)
    case 0x08, 0x7F: .key(.backspace)
    case 0x03: .key(.interrupt)
    case 0..<0x20, 0x80..<0xA0: .other
    default: Unicode.Scalar(code).map { .key(.character(Character($0))) } ?? .other
    }
  }

  /// The bytes of a terminal capability, without the padding delays that old terminals needed.
  private static func capability(_ name: String) -> [UInt8] {
    guard let text = coros_curses_string(name) else { return [] }
    var bytes: [UInt8] = []
    var isDelay = false
    for byte in String(cString: text).utf8 {
      if byte == UInt8(ascii: "$") { isDelay = true }
      if !isDelay { bytes.append(byte) }
      if byte == UInt8(ascii: ">") { isDelay = false }
    }
    return bytes
  }
}
