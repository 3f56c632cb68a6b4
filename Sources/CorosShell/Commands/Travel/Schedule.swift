import CorosFiles
import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Prints the choices so far.
  enum Schedule: PrintingCommand {
    static let manual = Manual(
      name: "schedule",
      summary: "print who ran so far, as one word",
      usage: "schedule",
      group: .travel,
      details: """
        The word has the version, the seed, the policy and the choices, with @ between them. `1.2x3.4-5x9` \
        is task 1, three times task 2, and nine times 4 and 5 in turn. `replay` follows it; change a number \
        and see what becomes of it.
        """,
      example: "schedule",
      seeAlso: ["replay", "policy", "diff"],
      completion: [.nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init("schedule", .text, "the schedule as one word"),
          .init("steps", .number, "how many choices it has"),
        ])
      ],
      demonstration: ["spawn count 2; spawn hello; run", "schedule"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 0, manual)
      let schedule = shell.machine.schedule
      shell.report([
        "command": "schedule", "schedule": .string(schedule.description),
        "steps": .int(schedule.count),
      ]) { schedule.description }
    }
  }
}
