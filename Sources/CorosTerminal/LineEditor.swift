internal import CEditLine

#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// The result of reading a line.
package enum LineInput: Equatable, Sendable {
  /// A line, without its line ending.
  case line(String)

  /// Ctrl-C: the user abandoned the line.
  case interrupted

  /// Ctrl-D on an empty line.
  case endOfInput

  /// A signal that asks the program to end; the editor is closed and the terminal restored.
  ///
  /// A terminal that was closed counts as a hang-up, whether its signal came or not.
  case terminated(signal: Int32)
}

/// Why no line editor can be made.
package enum LineEditorError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Standard input or standard output is not a terminal.
  case notATerminal

  /// The editing library failed to start.
  case unavailable

  package var description: String {
    switch self {
    case .notATerminal: "standard input and output are not both a terminal"
    case .unavailable: "the line editor cannot be started"
    }
  }
}

/// Reads lines from the user, with editing, history and completion, while other work continues.
///
/// Use it from one thread only, and use one editor per terminal. While a line is being edited, nothing else
/// may write to the terminal: all output goes through `printAbove`.
package final class LineEditor {
  /// Settings that are fixed before the first line.
  package struct Configuration {
    /// The name of this program in `.editrc`.
    package var programName = "coros"

    /// The history; one without a path lasts for this session only.
    package var history: HistoryStore

    /// Whether each line goes to the history by itself; if not, `record` adds what belongs there.
    package var recordsLines = true

    /// Whether the prompt is in colour.
    package var isColorEnabled = true

    /// Whether the terminal can move its cursor; if not, output interrupts the line being typed.
    package var supportsCursorMovement = true

    /// The terminal's character set, as `TextEncoding.establish` found it.
    package var encoding: TextEncoding

    /// Makes a configuration for a terminal.
    package init(
      terminal: TerminalInfo = .current(),
      encoding: TextEncoding = .establish(),
      history: HistoryStore = HistoryStore(path: nil)
    ) {
      self.encoding = encoding
      self.history = history
      isColorEnabled = terminal.isColorEnabled
      supportsCursorMovement = terminal.supportsCursorMovement
    }
  }

  /// Whether a line is being edited now.
  package internal(set) var isEditing = false

  /// Whether a key is waiting, so that idle work should return; costs one system call.
  package var isKeyWaiting: Bool { keys.isKeyWaiting }

  /// What to wait for besides keys and signals; not kept alive.
  package var watched: (any WatchedDescriptors)? {
    get { keys.watched }
    set { keys.watched = newValue }
  }

  let configuration: Configuration
  let prompt: () -> Prompt
  let complete: (_ line: String, _ cursor: Int) -> Completion
  let decorate: ((_ line: String) -> LineDecoration)?
  let idle: (any IdleWork)?
  let keys: KeyReader
  let screen: EditorScreen

  /// Where Tab last found several candidates: a second Tab there lists them.
  var ambiguity: Ambiguity?

  private let historyHandle: OpaquePointer
  private var isClosed = false

  /// Where the cursor was when the last key was asked for.
  private var cursorBefore = 0

  /// When the prompt may change next while a line is edited.
  private var promptDue: UInt64 = 0
  private static let promptMilliseconds = 200

  /// Why the current line ended without being entered.
  private var ending: LineInput?

  /// Makes an editor on standard input and standard output, and installs `Signals`.
  ///
  /// - Parameters:
  ///   - configuration: Settings that are fixed before the first line.
  ///   - prompt: Called before each line, and after output above it.
  ///   - complete: Called for Tab with the line and the cursor's UTF-8 offset in it.
  ///   - decorate: Called when the line is drawn: its colours, and what may follow it. Nil for none, as where the
  ///     terminal has no colours.
  ///   - idle: Work that runs while the user types.
  /// - Throws: `LineEditorError` if there is no terminal, or if no editor can be made.
  package init(
    _ configuration: Configuration,
    prompt: @escaping () -> Prompt,
    complete: @escaping (_ line: String, _ cursor: Int) -> Completion = { _, _ in .none },
    decorate: ((_ line: String) -> LineDecoration)? = nil,
    idle: (any IdleWork)? = nil
  ) throws(LineEditorError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    // Before the library changes anything, so that the original settings are saved.
    Signals.install()
    guard let screen = EditorScreen(configuration) else { throw .unavailable }
    guard let historyHandle = history_init() else { throw .unavailable }
    self.configuration = configuration
    self.prompt = prompt
    self.complete = complete
    self.decorate = configuration.isColorEnabled ? decorate : nil
    self.idle = idle
    self.screen = screen
    self.historyHandle = historyHandle
    let bound = Self.boundSequences(screen.handle)
    keys = KeyReader(descriptor: STDIN_FILENO, encoding: configuration.encoding) {
      bound.contains($0)
    }
    keys.delegate = self
    setUp()
  }

  deinit { close() }

  /// Reads one line; blocks until there is one, while idle work runs.
  ///
  /// Afterwards the cursor is at the start of a row in every case. Until the next line or `close`, the
  /// terminal keeps typed keys without echoing them.
  package func readLine() -> LineInput {
    guard !isClosed else { return .endOfInput }
    screen.beginLine(prompt())
    keys.beginLine()
    ending = nil
    ambiguity = nil
    isEditing = true
    Signals.beginEditing()
    var count: Int32 = 0
    let buffer = coros_el_gets(screen.handle, &count)
    Signals.endEditing()
    isEditing = false
    // The reader's reason takes precedence: during a search, libedit reports a failed read as the end of
    // input.
    if let ending {
      screen.abandonLine(showing: ending == .interrupted ? "^C" : "", isAtBottom: count == 0)
      if case .terminated = ending { close() }
      return ending
    }
    screen.endLine()
    guard let buffer, count > 0 else {
      if keys.hasLostTerminal {
        close()
        return .terminated(signal: SIGHUP)
      }
      screen.show("\n")
      return .endOfInput
    }
    return enter(text(UnsafeBufferPointer(start: buffer, count: Int(count))))
  }

  /// Whether the last line was entered by a paste, and not by a key.
  package var isPasted: Bool { keys.isPasted }

  /// Shows text above the line being typed, or at the cursor if no line is being edited.
  ///
  /// Above a line, the text gets a final newline. Control characters are neutralized, except, on a terminal
  /// with colours, for escape sequences that set them. All output of one slice of idle work reaches the screen
  /// at once.
  package func printAbove(_ text: String) {
    guard !text.isEmpty else { return }
    let safe = OutputSanitizer.neutralized(
      text,
      keepingColor: configuration.isColorEnabled
    )
    let shown = configuration.encoding.representable(safe)
    guard isEditing else { return screen.show(shown) }
    screen.showAbove(shown, prompt: prompt)
  }

  /// Restores the terminal and releases it; does nothing the second time.
  package func close() {
    guard !isClosed else { return }
    isClosed = true
    screen.close()
    history_end(historyHandle)
    Signals.restore()
  }

  // MARK: - Private

  private func setUp() {
    let handle = screen.handle
    screen.decoration = decorate
    coros_el_set_client_data(handle, Unmanaged.passUnretained(self).toOpaque())
    coros_history_set(historyHandle, H_SETSIZE, 10_000)
    coros_history_set(historyHandle, H_SETUNIQUE, 1)
    for line in configuration.history.entries { remember(line) }
    coros_el_set_history(handle, historyHandle)
    bindKeys()
    coros_el_set_reader(handle) { handle, character in
      guard let editor = LineEditor.of(handle) else { return -1 }
      return editor.readKey(into: character)
    }
  }

  /// The editor that belongs to a handle of the library.
  static func of(_ handle: OpaquePointer) -> LineEditor? {
    coros_el_client_data(handle).map {
      Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue()
    }
  }

  private func readKey(into character: UnsafeMutablePointer<Int32>) -> Int32 {
    screen.drawJoinedAnew(before: cursorBefore)
    cursorBefore = screen.cursor
    let event = keys.next()
    screen.clearSuggestion()
    switch event {
    case .key(let key):
      character.pointee = Int32(bitPattern: key.scalar.value)
      return 1
    case .interrupted: ending = .interrupted
    case .terminated(let number): ending = .terminated(signal: number)
    case .endOfInput:
      // Without editing, an unfinished line before the end of input counts as a line.
      if coros_el_is_editing_on(screen.handle) != 0 { ending = .terminated(signal: SIGHUP) }
      return 0
    }
    // Without editing, only this makes libedit discard the unfinished line.
    errno = EINTR
    return -1
  }

  private func text(_ characters: UnsafeBufferPointer<Int32>) -> String {
    var scalars = String.UnicodeScalarView()
    for character in characters {
      scalars.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}")
    }
    while let last = scalars.last, last == "\n" || last == "\r" { scalars.removeLast() }
    return String(scalars)
  }

  private func enter(_ line: String) -> LineInput {
    if configuration.recordsLines { record(line) }
    return .line(line)
  }

  /// Adds an entry to the history, which the up arrow brings back: a line, or a text of several.
  package func record(_ entry: String) {
    if configuration.history.record(entry) { remember(entry) }
  }

  private func remember(_ line: String) {
    // libedit cannot decode characters outside the character set.
    guard configuration.encoding.representable(line) == line else { return }
    coros_history_enter(historyHandle, line)
  }
}

extension LineEditor: KeyReaderDelegate {
  func handle(_ event: KeyReader.ScreenEvent) {
    switch event {
    case .resized: screen.resize()
    case .continued:
      screen.reclaimTerminal()
      idle?.continueAfterStop()
    case .stopRequested:
      screen.stopProcess()
      idle?.continueAfterStop()
    }
  }

  func drawBeforeWait() { screen.decorate() }

  func runIdleSlice() -> NextSlice? {
    let next = idle.map { idle in screen.batch(prompt: prompt) { idle.runSlice() } }
    return showPrompt(before: next ?? .whenKeyPressed)
  }

  /// Keeps the prompt up to date while idle work runs, or others are served, but no faster than one can read.
  private func showPrompt(before next: NextSlice) -> NextSlice {
    let now = MonotonicClock.now
    if now >= promptDue {
      promptDue = now + UInt64(Self.promptMilliseconds) * 1_000_000
      screen.show(prompt())
      return next
    }
    // The last change must be seen, too.
    return next == .whenKeyPressed && prompt() != screen.shownPrompt
      ? .after(milliseconds: Self.promptMilliseconds) : next
  }

  func serveWatched(_ watched: any WatchedDescriptors) {
    // Each text at once: what is done for others may take long, and says so first.
    watched.serve()
  }
}
