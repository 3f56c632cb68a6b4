import CorosHistory
import CorosSession
import CorosShell

extension Commands {
  /// Prints the choices so far as one word.
  enum Schedule: SimpleCommand {
    static let manual = Manual(
      name: "schedule",
      summary: "print the order of steps as one word",
      usage: "schedule",
      group: .travel,
      details: """
        The word contains the version, the seed, the policy and the choices, separated by @. `1.2x3.4-5x9` \
        is task 1, three times task 2, and nine times 4 and 5 in turn. `replay` follows it: change a number \
        and see what happens.
        """,
      example: "schedule",
      seeAlso: ["replay", "policy", "diff"],
      completion: [.nothing]
    )

    static let reference = Reference(
      demonstration: ["spawn count 2; spawn hello; run", "schedule"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 0, manual)
      return Result(schedule: shell.machine.schedule)
    }

    struct Result: CommandResult, ResultObject {
      let schedule: CorosHistory.Schedule

      static let fields: [ResultField<Self>] = [
        .text("schedule", "the schedule as one word", \.schedule.description),
        .number("steps", "the number of its choices", \.schedule.count),
      ]

      func text(in look: Look) -> String { schedule.description }
    }
  }
}
