internal import CEditLine

#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// The part of the screen that a line editor uses: the prompt, the line, and output above them.
///
/// libedit draws the line and assumes that nothing else writes to the terminal. So any output first erases
/// what libedit has drawn, and then makes libedit redraw everything below.
final class EditorScreen {
  let handle: OpaquePointer

  private let output: UnsafeMutablePointer<FILE>
  /// What libedit and others have written to the stream since the last flush.
  private let collected: CollectedOutput
  let configuration: LineEditor.Configuration
  private(set) var shownPrompt = Prompt("")
  private var renderedPrompt: UnsafeMutablePointer<CChar>?
  private var batched: String?
  private var isAtRowStart = true
  private var canMoveCursor = false
  /// Whether parts of the line are in colour now, and whether a suggestion stands behind it.
  var isColored = false
  var isSuggesting = false
  /// What is to be drawn over the line; asked whenever it is drawn.
  var decoration: ((String) -> LineDecoration)?

  /// Starts libedit on standard input and output; nil if that fails.
  init?(_ configuration: LineEditor.Configuration) {
    // The stream only collects, even where libedit flushes it: all that a key changes reaches the terminal
    // together, so the screen does not flicker.
    guard let collected = CollectedOutput() else { return nil }
    let output = collected.stream
    TerminalSize.limit()
    // What libedit would say of an unknown type is said by the program, in its own words.
    let isQuiet: Int32 = configuration.supportsCursorMovement ? 0 : 1
    guard let handle = coros_el_init(configuration.programName, output, isQuiet) else {
      collected.close()
      return nil
    }
    self.handle = handle
    self.output = output
    self.collected = collected
    self.configuration = configuration
    // libedit reads the capabilities of the terminal, which are more reliable than a list of names.
    canMoveCursor =
      configuration.supportsCursorMovement
      && coros_el_terminal_string(handle, "up") != nil
      && coros_el_terminal_string(handle, "cd") != nil
    coros_el_set_prompt(handle, { handle in LineEditor.of(handle)?.screen.renderedPrompt }, 1)
  }

  /// Restores the terminal and frees everything.
  func close() {
    el_end(handle)
    flush()
    collected.close()
    free(renderedPrompt)
    renderedPrompt = nil
  }

  // MARK: - A line's life

  /// Prepares for a new line: flushes other output, and puts the prompt at the start of a row.
  func beginLine(_ prompt: Prompt) {
    fflush(nil)
    if !isAtRowStart { write("\n") }
    isAtRowStart = true
    setPrompt(prompt)
    (isColored, isSuggesting) = (false, false)
    markPastes(true)
  }

  /// Records that libedit has finished the line and that the cursor is at the start of the row below.
  func endLine() {
    markPastes(false)
    flush()
  }

  private func markPastes(_ areMarked: Bool) {
    guard canRedraw else { return }
    Signals.notePasteMarks(areMarked)
    write(areMarked ? Self.pasteOn : Signals.endOfPasteMarks)
  }

  /// Abandons a line that was not entered, and moves to the row below it.
  func abandonLine(showing mark: String, isAtBottom: Bool) {
    clearSuggestion()
    if !isAtBottom { moveToEnd() }
    write(isAtBottom && mark.isEmpty ? "" : mark + "\n")
    endLine()
  }

  // MARK: - Output

  /// Writes text at the cursor, when no line is being edited.
  func show(_ text: String) {
    // Text written to the standard streams before this must appear before it.
    fflush(nil)
    write(text)
    flush()
    isAtRowStart = text.utf8.last == 0x0A
  }

  /// Writes text above the line being edited: at once or, inside a batch, at the end of the batch.
  func showAbove(_ text: String, prompt: () -> Prompt) {
    let rows = text.utf8.last == 0x0A ? text : text + "\n"
    if batched != nil {
      batched?.append(rows)
      return
    }
    erase()
    write(rows)
    setPrompt(prompt())
    redraw()
  }

  /// Runs a body, then shows all its output with one erase and one redraw.
  func batch<Result>(prompt: () -> Prompt, _ body: () -> Result) -> Result {
    batched = ""
    let result = body()
    let text = batched ?? ""
    batched = nil
    if !text.isEmpty { showAbove(text, prompt: prompt) }
    return result
  }

  /// Draws the line behind another prompt, if it is not the one that is shown.
  func show(_ prompt: Prompt) {
    guard prompt != shownPrompt, canRedraw else { return }
    erase()
    setPrompt(prompt)
    redraw()
  }

  /// Draws the line anew after a jump of the cursor over characters that some terminals join into one.
  ///
  /// libedit counts the columns of each of them, and would leave the cursor beside the text.
  func drawJoinedAnew(before: Int) {
    let cursor = self.cursor
    guard canRedraw, abs(cursor - before) > 1 else { return }
    let line = currentLine().scalars
    let isJoiner = { (scalar: Unicode.Scalar) in
      scalar == "\u{200D}" || (0x1F3FB...0x1F3FF).contains(scalar.value)
    }
    guard cursor == 0 || cursor == line.count, line.contains(where: isJoiner) else { return }
    erase()
    redraw()
  }

  // MARK: - Changes of the terminal

  /// Redraws for a new size of the screen.
  func resize() {
    TerminalSize.limit()
    // A terminal that reflows text has already moved the line. Its first row follows from the new width,
    // which libedit learns only afterwards.
    erase(columns: TerminalSize.current().columns)
    el_resize(handle)
    redraw()
  }

  /// Takes over the terminal after the process was continued: other programs have changed it meanwhile.
  func reclaimTerminal() {
    // libedit assumes that the terminal is still raw, and does nothing unless told otherwise.
    coros_el_prepare_terminal(handle, 0)
    coros_el_prepare_terminal(handle, 1)
    TerminalSize.limit()
    el_resize(handle)
    markPastes(true)
    if canRedraw { write("\r\u{1B}[J") }
    redraw()
  }

  /// Restores the terminal, stops the process, and takes over the terminal when it is continued.
  func stopProcess() {
    clearSuggestion()
    moveToEnd()
    write("\n")
    endLine()
    coros_el_prepare_terminal(handle, 0)
    Signals.stop()
    reclaimTerminal()
  }

  // MARK: - Drawing

  /// The width of the screen, according to libedit.
  var columns: Int { max(2, Int(coros_el_terminal_number(handle, "co"))) }

  /// The height of the screen, according to libedit.
  var rows: Int { max(1, Int(coros_el_terminal_number(handle, "li"))) }

  private static let pasteOn = "\u{1B}[?2004h"

  /// Whether the line can be erased and redrawn.
  ///
  /// False if the terminal has no cursor movement, or if the user has turned editing off.
  private var canRedraw: Bool { canMoveCursor && coros_el_is_editing_on(handle) != 0 }

  private func setPrompt(_ prompt: Prompt) {
    guard renderedPrompt == nil || prompt != shownPrompt else { return }
    shownPrompt = prompt
    let text = prompt.rendered(inColor: configuration.isColorEnabled && canMoveCursor)
    // libedit does not copy the text, so it lives until the next one.
    free(renderedPrompt)
    renderedPrompt = strdup(configuration.encoding.representable(text))
  }

  func geometry(columns: Int) -> ScreenGeometry {
    ScreenGeometry(columns: columns, rows: rows, width: cells(of:))
  }

  /// The position of the cursor, and the end of what is drawn.
  private func places(_ geometry: ScreenGeometry) -> (cursor: ScreenPosition, end: ScreenPosition) {
    let line = currentLine()
    let visible = configuration.encoding.representable(shownPrompt.visibleText)
    let start = geometry.position(after: visible.unicodeScalars)
    let rest = line.scalars[line.cursor...]
    let cursor = geometry.cursor(
      after: line.scalars[..<line.cursor],
      before: rest.first,
      from: start
    )
    let end = geometry.position(after: line.scalars, from: start)
    return (cursor, end)
  }

  private func erase(columns: Int? = nil) {
    guard canRedraw else {
      if coros_el_is_editing_on(handle) != 0 { write("\n") }
      return
    }
    let row = places(geometry(columns: columns ?? self.columns)).cursor.row
    write("\r" + (row > 0 ? "\u{1B}[\(row)A" : "") + "\u{1B}[J")
  }

  private func moveToEnd() {
    guard canRedraw else { return }
    let (cursor, end) = places(geometry(columns: columns))
    if end.row > cursor.row { write("\u{1B}[\(end.row - cursor.row)B") }
    write("\r" + (end.column > 0 ? "\u{1B}[\(end.column)C" : ""))
  }

  private func redraw() {
    if coros_el_is_editing_on(handle) != 0 { coros_el_refresh(handle) }
    (isColored, isSuggesting) = (false, false)
    decorate()
  }

  /// Draws the colours of the line and the suggestion, and sends all that was drawn.
  func decorate() {
    if let decoration, canRedraw {
      let scalars = currentLine().scalars
      var line = String.UnicodeScalarView()
      line.append(contentsOf: scalars)
      draw(decoration(String(line)))
    }
    flush()
  }

  /// Sends what was written.
  private func flush() { collected.send() }

  func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = fwrite($0.baseAddress, 1, $0.count, output) }
  }
}

extension EditorScreen {
  /// The offset of the cursor in the line being edited.
  var cursor: Int {
    var buffer: UnsafePointer<Int32>?
    var cursor = 0
    let count = coros_el_line(handle, &buffer, &cursor)
    return min(max(cursor, 0), count)
  }

  /// The line being edited, and the offset of the cursor in it.
  func currentLine() -> (scalars: [Unicode.Scalar], cursor: Int) {
    var buffer: UnsafePointer<Int32>?
    var cursor = 0
    let count = coros_el_line(handle, &buffer, &cursor)
    let scalars = UnsafeBufferPointer(start: buffer, count: count).map {
      Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}"
    }
    return (scalars, min(max(cursor, 0), scalars.count))
  }
}

/// The columns that a character takes on the terminal, according to the locale.
func cells(of scalar: Unicode.Scalar) -> Int {
  Int(coros_wcwidth(scalar.value))
}
