import CorosLanguage
import CorosSession
import CorosShell
import CorosTerminal

/// Adapts a full-screen program of the shell to the terminal's screen.
final class StepperScreen: ScreenProgram {
  private let program: any FullScreenProgram
  /// The colours of roles, which a command of the program may change.
  private let theme: () -> Theme

  init(_ program: any FullScreenProgram, theme: @escaping () -> Theme) {
    self.program = program
    self.theme = theme
  }

  var isFinished: Bool { program.isFinished }

  func rows(on size: TerminalSize) -> [[ScreenText]] {
    let theme = theme()
    return program.lines(width: size.columns, height: size.rows).map { line in
      line.runs.map { run in
        ScreenText(
          run.text,
          columns: run.text.reduce(0) { $0 + $1.displayWidth },
          style: ScreenStyle(run, theme)
        )
      }
    }
  }

  func press(_ key: TerminalKey) {
    program.press(ScreenKey(key))
  }

  func continueAfterStop() { program.continueAfterStop() }

  func runSlice(at nanoseconds: UInt64) -> NextSlice {
    NextSlice(program.runSlice(nanoseconds: nanoseconds))
  }
}

extension NextSlice {
  /// Converts the time of the shell's next slice.
  init(_ next: LiveNext) {
    self =
      switch next {
      case .after(let milliseconds): .after(milliseconds: milliseconds)
      case .never: .whenKeyPressed
      }
  }
}

extension ScreenStyle {
  fileprivate init(_ run: StyledRun, _ theme: Theme) {
    // A marked line is one bar: reversed colours would make a patchwork of it.
    self.init(isReversed: run.isMarked)
    if run.isMarked { return }
    let paint = theme[run.role]
    color = paint.color.flatMap { Color(rawValue: $0.rawValue) }
    (isBright, isBold, isFaint) = (paint.isBright, paint.isBold, paint.isFaint)
    (isUnderlined, isReversed) = (paint.isUnderlined, paint.isReversed)
  }
}

extension ScreenKey {
  fileprivate init(_ key: TerminalKey) {
    self =
      switch key {
      case .character(let character): .character(character)
      case .up: .up
      case .down: .down
      case .left: .left
      case .right: .right
      case .pageUp: .pageUp
      case .pageDown: .pageDown
      case .home: .home
      case .end: .end
      case .enter: .enter
      case .escape: .escape
      case .backspace: .backspace
      case .interrupt: .interrupt
      case .click(let row, let column): .click(row: row, column: column)
      case .wheel(let lines, let column): .wheel(lines: lines, column: column)
      }
  }
}
