import CorosKernel

@testable import CorosCommands
@testable import CorosHistory
@testable import CorosSession
@testable import CorosShell

/// A stepper without a terminal, driven by keys.
final class SteppedSession {
  let session: TestShell
  let stepper: StepperModel

  /// Types lines at the prompt, and opens the stepper.
  init(_ lines: String..., settings: Settings = Settings()) {
    var settings = settings
    settings.isInteractive = true
    session = TestShell(settings)
    for line in lines { session.type(line) }
    stepper = StepperModel(session.shell)
  }

  /// Presses keys, given as in `s s k y`; some have names.
  func press(_ keys: String) {
    for word in keys.split(separator: " ") { stepper.press(Self.key(String(word))) }
  }

  static func key(_ word: String) -> ScreenKey {
    switch word {
    case "up": .up
    case "down": .down
    case "left": .left
    case "right": .right
    case "enter": .enter
    case "esc": .escape
    case "ctrl-c": .interrupt
    case "pgup": .pageUp
    case "pgdn": .pageDown
    case "home": .home
    case "end": .end
    case "backspace": .backspace
    case "space": .character(" ")
    default: .character(Character(word))
    }
  }

  /// Has commands run while the stepper is open, as those of a breakpoint are; what they say goes nowhere.
  func typeUnseen(_ line: String) {
    let (shell, page) = (session.shell, StepperPage(session.host))
    _ = shell.exchangingConsole(for: page, StepperPage.settings(like: shell.settings)) {
      shell.execute(line)
    }
    stepper.machineHasChanged()
  }

  /// What is seen, a line each, the spaces at the ends left out.
  func screen(_ width: Int = 80, _ height: Int = 24) -> String {
    stepper.lines(width: width, height: height).map { line in
      var text = Substring(line.text)
      while text.hasSuffix(" ") { text.removeLast() }
      return text + "\n"
    }.joined()
  }

  var state: StepperState { stepper.state(width: 80, height: 24) }
  var machine: TimeMachine { session.shell.machine }
  var scheduler: Scheduler { session.shell.scheduler }

  /// Lets so many milliseconds pass, a slice for each.
  func pass(milliseconds: Int, from start: UInt64 = 1) {
    for time in 0...milliseconds {
      _ = stepper.runSlice(nanoseconds: start + UInt64(time) * 1_000_000)
    }
  }
}
