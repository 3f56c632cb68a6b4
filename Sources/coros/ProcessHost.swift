import CorosShell
import CorosTerminal

/// The shell's host in this process: standard output and error, or the editor while a line is typed.
///
/// What may control a terminal is decided for each of the two streams: a terminal gets no control characters,
/// and colours only if it has them; a pipe or a file gets all unchanged.
final class ProcessHost: ShellHost {
  /// The editor, while there is a prompt that output must not disturb.
  weak var editor: LineEditor?
  /// The terminal, if full-screen programs can use it.
  var screen: (terminal: TerminalInfo, encoding: TextEncoding)?
  /// The colours of roles on full screens.
  var theme: () -> Theme = { .standard }
  /// The program that has the whole screen, if one has.
  private weak var fullScreen: (any FullScreenProgram)?
  /// What is to be told when the screen is back.
  private var untold: [String] = []
  private let info: TerminalInfo
  /// When progress is to be shown next, and whether any is to be seen.
  private var progress: (due: UInt64, isShown: Bool) = (0, false)

  /// What takes less long, in nanoseconds, needs no progress.
  private static let patience: UInt64 = 300_000_000

  /// Makes the host of a process with these standard streams.
  init(_ info: TerminalInfo) {
    self.info = info
  }

  /// When a script has run for long enough; nil for no limit.
  var deadline: UInt64?

  /// Whether that is over.
  var isLate: Bool { deadline.map { MonotonicClock.now >= $0 } ?? false }

  var isInterrupted: Bool {
    Signals.isInterruptPending || Signals.pendingTermination != nil || isLate
  }

  func forgetInterrupt() { _ = Signals.consumeInterrupt() }

  var width: Int { size.columns }

  var height: Int { size.rows }

  private var size: TerminalSize { info.streams.output ? .current() : fixedSize }

  /// The size of what is no terminal.
  ///
  /// It does not change, and to ask for it takes system calls.
  private lazy var fixedSize = TerminalSize.current()

  var anyNumber: UInt64 { .random(in: 1...999_999) }

  var nanoseconds: UInt64 { MonotonicClock.now }

  func runCopies(
    ofSession journal: String,
    commands: [(String) -> String],
    while goesOn: ([Int?]) -> Bool
  ) throws(CopiesRefusal) -> CopiesOutcome {
    let copies = try Copies(ofSession: journal)
    for command in commands { try copies.start(command) }
    copies.wait(while: goesOn)
    return copies.outcome
  }

  func runFullScreen(_ program: any FullScreenProgram) throws(FullScreenRefusal) {
    guard let screen else { throw FullScreenRefusal("there is no terminal") }
    fullScreen = program
    defer {
      fullScreen = nil
      for text in untold { write(text + "\n") }
      untold = []
    }
    do throws(ScreenError) {
      try FullScreen.run(
        StepperScreen(program, theme: theme),
        terminal: screen.terminal,
        encoding: screen.encoding,
        watched: editor?.watched
      )
    } catch {
      throw FullScreenRefusal(error.description)
    }
  }

  var wraps: Bool { info.streams.output }

  var hasScreen: Bool { screen != nil }

  func clearScreen() {
    if info.streams.output, info.supportsCursorMovement { Process.write("\u{1B}[H\u{1B}[2J") }
  }

  func edit(_ text: String, named name: String) throws(EditorRefusal) -> String {
    guard screen != nil else { throw EditorRefusal("there is no terminal") }
    return try EditedFile(text, named: name).edited(by: ExternalEditor.command())
  }

  func pipe(_ text: String, to command: String) throws(HostProgramRefusal) -> Int {
    let isTerminal = info.streams.output
    let input =
      isTerminal
      ? OutputSanitizer.neutralized(text, keepingColor: info.isColorEnabled) : text
    switch HostProgram.run(["/bin/sh", "-c", command], input: input) {
    case .ended(let status): return Int(status)
    case .killed(let signal): return 128 + Int(signal)
    case .notStarted(let reason):
      throw HostProgramRefusal("the host's shell cannot be started: \(reason)")
    }
  }

  func showProgress(_ text: String?) {
    guard screen != nil, info.supportsCursorMovement else { return }
    let now = MonotonicClock.now
    guard let text else {
      if progress.isShown { Process.write("\r\u{1B}[K") }
      progress = (0, false)
      return
    }
    if progress.due == 0 { progress.due = now + Self.patience }
    guard now >= progress.due else { return }
    progress = (now + Self.patience / 2, true)
    Process.write("\r\(text)\u{1B}[K")
  }

  func write(_ text: String) {
    if let editor, editor.isEditing { return editor.printAbove(text) }
    guard screen != nil, text.utf8.count > Self.sliceBytes else { return writeAtOnce(text) }
    var rest = text[...]
    while !rest.isEmpty, !isInterrupted {
      let end = Self.endOfSlice(rest)
      writeAtOnce(String(rest[..<end]))
      rest = rest[end...]
    }
  }

  /// How much of a long text is written before Ctrl-C is looked for.
  private static let sliceBytes = 32_768

  /// Where the first slice of a text ends: after a line feed, or else a space, where no colour or character is cut.
  private static func endOfSlice(_ text: Substring) -> String.Index {
    let bytes = text.utf8
    guard let limit = bytes.index(bytes.startIndex, offsetBy: sliceBytes, limitedBy: bytes.endIndex)
    else { return text.endIndex }
    let window = bytes[limit...].prefix(sliceBytes)
    let last = window.firstIndex(of: UInt8(ascii: "\n")) ?? window.firstIndex(of: UInt8(ascii: " "))
    return last.map(bytes.index(after:)) ?? text.endIndex
  }

  func notify(_ text: String) {
    guard let fullScreen else { return write(text + "\n") }
    if !fullScreen.tell(text) { untold.append(text) }
  }

  private func writeAtOnce(_ text: String) {
    Process.write(
      info.streams.output
        ? OutputSanitizer.neutralized(text, keepingColor: info.isColorEnabled) : text
    )
  }

  func writeError(_ text: String) {
    if let editor, editor.isEditing, info.streams.error { return editor.printAbove(text) }
    Process.writeError(
      info.streams.error
        ? OutputSanitizer.neutralized(text, keepingColor: info.isErrorColorEnabled) : text
    )
  }
}
