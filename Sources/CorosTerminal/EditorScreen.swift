internal import CEditLine

#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// The part of the screen that a line editor writes on: the prompt, the line, and output above them.
///
/// libedit draws the line and believes that nobody else writes. So all that is written in between
/// first erases what libedit has drawn, and then has it draw everything anew below.
final class EditorScreen {
  let handle: OpaquePointer

  private let output: UnsafeMutablePointer<FILE>
  private let configuration: LineEditor.Configuration
  private var shownPrompt = Prompt("")
  private var renderedPrompt: UnsafeMutablePointer<CChar>?
  private var batched: String?
  private var isAtRowStart = true
  private var canMoveCursor = false

  /// Starts libedit on standard input and output; nil when it cannot be.
  init?(_ configuration: LineEditor.Configuration) {
    // A stream of its own, with a buffer that no newline empties: an erased line and its new drawing
    // reach the terminal together, and the screen does not flicker.
    guard let output = openOutputStream() else { return nil }
    setvbuf(output, nil, _IOFBF, 1 << 16)
    guard let handle = coros_el_init(configuration.programName, output) else {
      fclose(output)
      return nil
    }
    self.handle = handle
    self.output = output
    self.configuration = configuration
    // libedit knows the terminal's type better than a list of names does.
    canMoveCursor =
      configuration.supportsCursorMovement
      && coros_el_terminal_string(handle, "up") != nil
      && coros_el_terminal_string(handle, "cd") != nil
    coros_el_set_prompt(handle, { handle in LineEditor.of(handle)?.screen.renderedPrompt }, 1)
  }

  /// Puts the terminal back and frees everything.
  func close() {
    el_end(handle)
    fclose(output)
    free(renderedPrompt)
    renderedPrompt = nil
  }

  // MARK: - A line's life

  /// Prepares for a new line: what others have written comes first, and the prompt stands on a row
  /// of its own.
  func beginLine(_ prompt: Prompt) {
    fflush(nil)
    if !isAtRowStart { write("\n") }
    isAtRowStart = true
    setPrompt(prompt)
    if canRedraw { write(Self.pasteOn) }
  }

  /// Takes note that libedit has ended the line and stands at the beginning of the row below.
  func endLine() {
    if canRedraw { write(Self.pasteOff) }
    fflush(output)
  }

  /// Leaves a line that was not entered, and goes to the row below it.
  func abandonLine(showing mark: String, isAtBottom: Bool) {
    if !isAtBottom { moveToEnd() }
    write(isAtBottom && mark.isEmpty ? "" : mark + "\n")
    endLine()
  }

  // MARK: - Output

  /// Writes text where the cursor is, when no line is being edited.
  func show(_ text: String) {
    // What others wrote to the standard streams before is to come before.
    fflush(nil)
    write(text)
    fflush(output)
    isAtRowStart = text.utf8.last == 0x0A
  }

  /// Writes text above the line being edited, at once or, inside a batch, at its end.
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

  /// Runs a body and then shows all that it has shown, with one erasure and one drawing.
  func batch<Result>(prompt: () -> Prompt, _ body: () -> Result) -> Result {
    batched = ""
    let result = body()
    let text = batched ?? ""
    batched = nil
    if !text.isEmpty { showAbove(text, prompt: prompt) }
    return result
  }

  // MARK: - What happens to the terminal

  /// Draws anew for another size of the screen.
  func resize() {
    // A terminal that reflows has moved the line already: how far up it begins follows from the new
    // width, which libedit learns only afterwards.
    erase(columns: TerminalSize.current().columns)
    el_resize(handle)
    redraw()
  }

  /// Takes the terminal after the process was continued: whoever had it meanwhile has changed it.
  func takeTerminalBack() {
    // libedit believes that the terminal is still raw, and does nothing until it is told otherwise.
    coros_el_prepare_terminal(handle, 0)
    coros_el_prepare_terminal(handle, 1)
    el_resize(handle)
    if canRedraw { write(Self.pasteOn + "\r\u{1B}[J") }
    redraw()
  }

  /// Gives the terminal back, stops the process, and goes on when it is continued.
  func stopProcess() {
    moveToEnd()
    write("\n")
    endLine()
    coros_el_prepare_terminal(handle, 0)
    Signals.stop()
    takeTerminalBack()
  }

  // MARK: - Drawing

  /// How wide the screen is, as libedit believes.
  var columns: Int { max(2, Int(coros_el_terminal_number(handle, "co"))) }

  /// How high the screen is, as libedit believes.
  var rows: Int { max(1, Int(coros_el_terminal_number(handle, "li"))) }

  private static let pasteOn = "\u{1B}[?2004h"
  private static let pasteOff = "\u{1B}[?2004l"

  /// Whether the line can be erased and drawn again: not on a terminal without cursor movement, and
  /// not when the person has turned editing off.
  private var canRedraw: Bool { canMoveCursor && coros_el_is_editing_on(handle) != 0 }

  private func setPrompt(_ prompt: Prompt) {
    guard renderedPrompt == nil || prompt != shownPrompt else { return }
    shownPrompt = prompt
    let text = prompt.rendered(inColor: configuration.isColorEnabled && canMoveCursor)
    // libedit keeps no copy: the text lives until the next one.
    free(renderedPrompt)
    renderedPrompt = strdup(configuration.encoding.representable(text))
  }

  private func geometry(columns: Int) -> ScreenGeometry {
    ScreenGeometry(columns: columns, rows: rows, width: cells(of:))
  }

  /// The cursor's place and the end of what is drawn.
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
    fflush(output)
  }

  private func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = fwrite($0.baseAddress, 1, $0.count, output) }
  }
}

extension EditorScreen {
  /// The line being edited, and the cursor's offset in it.
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

/// The cells that the terminal gives a character, as the locale believes.
func cells(of scalar: Unicode.Scalar) -> Int {
  Int(coros_wcwidth(scalar.value))
}
