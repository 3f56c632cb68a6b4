import CorosLanguage
import CorosSession
import CorosShell
import CorosTerminal

/// Adapts a full-screen program of the shell to the terminal's screen.
final class StepperScreen: ScreenProgram {
  private let program: any FullScreenProgram

  init(_ program: any FullScreenProgram) {
    self.program = program
  }

  var isFinished: Bool { program.isFinished }

  func rows(on size: TerminalSize) -> [[ScreenText]] {
    program.lines(width: size.columns, height: size.rows).map { line in
      line.runs.map { run in
        ScreenText(
          run.text,
          columns: run.text.reduce(0) { $0 + $1.displayWidth },
          style: ScreenStyle(run)
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
  fileprivate init(_ run: StyledRun) {
    self.init(isReversed: run.isMarked)
    switch run.role {
    case .plain: break
    case .heading: isBold = true
    case .faint: isFaint = true
    case .good: color = .green
    case .waiting: color = .yellow
    case .locked: color = .blue
    case .asleep: color = .magenta
    case .bad: color = .red
    case .name: color = .cyan
    }
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
      }
  }
}
