import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Goes back in time.
  enum Back: TravelCommand {
    static let manual = Manual(
      name: "back",
      summary: "go back in time, by a step or more",
      usage: "back [N]",
      group: .travel,
      details: """
        Everything is as it was N steps ago (default: 1): tasks, queues, clock, random numbers, and output. \
        From there `step` and `run` follow the recorded future. A command that changes something starts a \
        branch; `branches` shows the way back. A jump of the clock at the end of a `run TICKS` counts as a \
        step. Your variables and $! stay as they are. With programs written as state machines this is fast \
        at any time; with others the machine replays the run up to that step, some millions of steps per \
        second.
        """,
      example: "back 3",
      seeAlso: ["forward", "goto", "bookmark", "branches", "step"],
      completion: [.nothing]
    )

    static let reference = Reference(
      demonstration: ["spawn count 3; step 3", "back 2"]
    )

    static func destination(
      _ invocation: Invocation,
      in shell: Shell
    ) throws(CommandFailure) -> (Destination, place: SourceRange) {
      (.back(try stepCount(invocation, in: shell)), invocation.name.range)
    }
  }
}
