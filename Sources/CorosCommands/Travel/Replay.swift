import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Runs the steps of a schedule.
  enum Replay: SimpleCommand {
    static let manual = Manual(
      name: "replay",
      summary: "run as a schedule says, from the start",
      usage: "replay SCHEDULE | FILE",
      group: .travel,
      details: """
        Starts a new branch: your commands are repeated, each before the same step as here, and the tasks \
        run as the schedule says. The policy is the one that the schedule names. A step that this policy would \
        not have chosen is made out of turn, as after `pick`; so after the beginning of a run the rest goes on as \
        it did. It stops before the first step whose task cannot run, and names that task and those that could; \
        the policy is then `manual`. SCHEDULE may be its steps alone, as in `1x2.2x2`. In a fresh session, spawn the same tasks first.
        """,
      example: "replay schedule1@0@rr:quantum=1@1x2",
      seeAlso: ["schedule", "branches", "policy"],
      completion: [.fileOf([".coros", ".journal", ".jsonl"]), .nothing]
    )

    static let reference = Reference(
      notes: "A step that is impossible is an error.",
      demonstration: ["spawn count 3; run", "replay schedule1@0@rr:quantum=1@1x2"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      guard let argument = invocation.arguments.first else {
        throw CommandFailure(
          "replay needs a schedule",
          at: invocation.name.range,
          hint: "`schedule` prints one; it may also be in a file"
        )
      }
      try invocation.allow(atMost: 1, manual)
      let schedule = try shell.schedule(in: argument)
      let outcome = shell.session.reschedule(schedule, then: try policy(of: schedule, argument))
      shell.monitor.flush()
      switch outcome {
      case .followed:
        return Result(
          steps: schedule.count,
          tick: shell.scheduler.now,
          branch: shell.machine.branch
        )
      case .interrupted: throw shell.interruption
      case .refused(let act): throw CommandFailure(act.description, at: argument.range)
      case .stopped(let step):
        throw failure(of: step, at: argument.range, now: shell.scheduler.now)
      }
    }

    /// The policy that a schedule names.
    private static func policy(
      of schedule: CorosHistory.Schedule,
      _ argument: Argument
    ) throws(CommandFailure) -> PolicyChoice {
      do throws(PolicyError) {
        return try PolicyChoice(of: schedule)
      } catch {
        throw CommandFailure(error.message, at: argument.range, hint: error.hint)
      }
    }

    private static func failure(
      of step: UnplayableStep,
      at range: SourceRange,
      now: Tick
    ) -> CommandFailure {
      let ready = step.ready.prefix(20).map(\.description).joined(separator: ", ")
      let why =
        switch step.state {
        case nil: "does not exist"
        case .exited?: "has ended"
        case let state?: "is \(state.word)"
        }
      return CommandFailure(
        "step \(step.step + 1) is impossible at tick \(now): task \(step.task) \(why)",
        at: range,
        hint: step.ready.isEmpty ? "no task could run" : "these could run: \(ready)"
      )
    }

    struct Result: CommandResult, ResultObject {
      let steps: Int
      let tick: Tick
      let branch: Int

      static let fields: [ResultField<Self>] = [
        .number("steps", "the number of choices that were followed", \.steps),
        .number("tick", "the tick now", \.tick),
        .number("branch", "the new branch", \.branch),
        .word("stopped", of: ["followed"], "why it ended") { _ in "followed" },
      ]

      func text(in look: Look) -> String {
        "followed, \(counted(steps, "step")), to tick \(tick)"
      }
    }
  }
}
