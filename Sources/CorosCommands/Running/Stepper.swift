import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Opens the stepper on the full screen.
  enum Stepper: SimpleCommand {
    static let manual = Manual(
      name: "stepper",
      summary: "step on a full screen",
      usage: "stepper",
      group: .running,
      details: """
        The screen shows the tasks and what they wait for, the latest events, what was written, and a \
        timeline; for a task that runs a program in text, its line, its variables, and which tasks stand at \
        which line. Keys step, step back, run, pick the next task, kill, and ask why. `?` lists the keys. What \
        they do counts as commands that you type, and `q` returns to the prompt. It needs a terminal.

        In `coros attach` it opens at the other terminal, with a size, a selection and pages of its own, and follows \
        the machine. Only the terminal that drives moves the machine: for one that watches, ←, `g`, `<` and `>` show \
        another tick to it alone, and `:attach drive` or `:attach take` change who drives.
        """,
      example: "stepper",
      seeAlso: ["step", "back", "why", "timeline", "attach"],
      completion: [.nothing]
    )

    /// At another terminal it opens a stepper that moves nothing unless that terminal drives.
    static func access(hasWords: Bool) -> GuestAccess { .present }

    static let reference = Reference(
      notes: "The line is printed when the user leaves the stepper.",
      demonstration: ["spawn count", "stepper"],
      keys: [.right, .right, .character("q")]
    )

    struct Result: CommandResult, ResultObject {
      let tick: Tick
      let moment: Int
      let branch: Int
      let next: NextTurn

      static let fields: [ResultField<Self>] = [
        .number("tick", "the tick now") { $0.tick },
        .number("moment", "the moment now") { $0.moment },
        .number("branch", "the branch") { $0.branch },
        .number("ahead", "the number of moments of recorded future ahead") { $0.next.ahead },
      ]

      func text(in look: Look) -> String { "at tick \(tick); \(next.sentence)" }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 0, manual)
      let isAtAnotherScreen = shell.isAnsweringGuest && shell.openGuestStepper()
      guard shell.settings.isInteractive || isAtAnotherScreen else {
        throw CommandFailure(
          "stepper needs a person at a terminal",
          at: invocation.name.range,
          hint: "in a script, `step` and `timeline` show the same"
        )
      }
      // The other terminal opens it.
      if isAtAnotherScreen { return result(in: shell) }
      // The commands of a breakpoint may include `stepper`.
      if shell.monitor.isMuted {
        throw CommandFailure("the stepper is open already", at: invocation.name.range)
      }
      do throws(FullScreenRefusal) {
        let stepper = StepperModel(shell)
        // Close before the line is printed; it belongs to the normal screen.
        defer { stepper.close() }
        try shell.host.runFullScreen(stepper)
      } catch {
        throw CommandFailure(
          "stepper cannot be shown: \(error.reason)",
          at: invocation.name.range,
          hint: "`step` goes tick by tick on any terminal"
        )
      }
      return result(in: shell)
    }

    private static func result(in shell: Shell) -> Result {
      Result(
        tick: shell.scheduler.now,
        moment: shell.machine.moment,
        branch: shell.machine.branch,
        next: shell.session.nextTurn
      )
    }
  }
}
