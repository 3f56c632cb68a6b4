import CorosHistory
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Goes back to the previous breakpoint.
  enum Rcontinue: SimpleCommand {
    static let manual = Manual(
      name: "rcontinue",
      summary: "go back to the previous breakpoint",
      usage: "rcontinue",
      group: .breakpoints,
      details: """
        Goes back to the last moment at which `continue` would have stopped, or to the beginning if there is \
        none. It stops at every hit: --ignore and --once only count on the way forward. As with `back`, no \
        output is printed, and the recorded future stays.
        """,
      example: "rcontinue",
      seeAlso: ["continue", "back", "break", "breaks"],
      completion: [.nothing]
    )

    static let reference = Reference(
      demonstration: ["spawn clock 10; run", "watch count(ready)", "rcontinue"]
    )

    typealias Result = BackReport

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 0, manual)
      guard shell.machine.moment > 0 else {
        throw CommandFailure(
          "this is the beginning: there is no past to go back to",
          at: invocation.name.range,
          hint: "`continue` runs to the next breakpoint"
        )
      }
      shell.lastMove = manual.name
      shell.monitor.flush()
      return try shell.ask(invocation) { session throws(RequestFailure) in try session.runBack() }
    }
  }
}

extension BackReport: CommandResult {
  func text(in look: Look) -> String {
    let here = "at tick \(journey.tick); \(TravelWords.future(journey.ahead))"
    if let stop { return stop.text(in: look) + look.style.paint("back \(here)", .faint) }
    let why = missing?.sentence ?? "no breakpoint was hit before"
    return look.style.paint("\(why): back at the beginning, \(here)", .faint)
  }
}

extension MissingBreakpoints {
  var sentence: String {
    switch self {
    case .noneSet: "no breakpoint is set"
    case .noneEnabled: "no breakpoint is enabled"
    }
  }
}
