import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Goes back to the last breakpoint.
  enum Rcontinue: PrintingCommand {
    static let manual = Manual(
      name: "rcontinue",
      summary: "go back to where a breakpoint was hit last",
      usage: "rcontinue",
      group: .breakpoints,
      details: """
        To the last moment before this one at which `continue` would stop; when there is none, to the \
        beginning. It stops at every hit: --ignore and --once are for the way forward, and nothing is \
        counted. As with `back`, nothing is printed a second time, and what was recorded stays ahead. The \
        past is looked through from the present on backwards, at the worst as many steps as there were.
        """,
      example: "rcontinue",
      seeAlso: ["continue", "back", "break", "breaks"],
      completion: [.nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine(
          ResultLine.journey.keys + [
            .init("stopped", .word(["breakpoint", "beginning"]), "why it went no further")
          ] + ResultLine.hits
        )
      ],
      demonstration: ["spawn clock 10; run", "watch count(ready)", "rcontinue"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 0, manual)
      let machine = shell.machine
      guard machine.moment > 0 else {
        throw CommandFailure(
          "this is the beginning: there is nothing to go back to",
          at: invocation.name.range,
          hint: "`continue` runs to the next breakpoint"
        )
      }
      shell.monitor.flush()
      let lack = shell.lackOfBreakpoints
      let (outcome, journey): (BackwardOutcome, Journey)
      do throws(Divergence) {
        (outcome, journey) = try shell.session.runBack()
      } catch {
        throw Shell.failure(of: error, at: invocation.name.range)
      }
      if case .interrupted = outcome { throw shell.interruption }
      let position = Shell.members(of: journey)
      if shell.settings.isJSON {
        shell.output.writeLine(
          .object([("command", "rcontinue")] + position + members(outcome, shell))
        )
        return
      }
      let here = "at tick \(shell.scheduler.now); \(shell.future)"
      if case .breakpoint(let stop) = outcome {
        shell.tell(stop)
        shell.output.writeLine(shell.style.paint("back \(here)", .faint))
      } else {
        let why = lack ?? "no breakpoint was hit before"
        shell.output.writeLine(shell.style.paint("\(why): back at the beginning, \(here)", .faint))
      }
    }

    private static func members(_ outcome: BackwardOutcome, _ shell: Shell) -> [(String, JSON)] {
      guard case .breakpoint(let stop) = outcome else { return [("stopped", "beginning")] }
      return [("stopped", "breakpoint")] + shell.json(stop)
    }
  }
}
