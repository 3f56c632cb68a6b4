import CorosFiles
import CorosKernel
import CorosSession

extension Commands {
  /// Sets how urgent a task is.
  enum Priority: PrintingCommand {
    static let manual = Manual(
      name: "priority",
      summary: "set how urgent a task is",
      usage: "priority TID N",
      group: .tasks,
      details: """
        Under the policy `priority` the larger number goes first. 0 unless you say otherwise; children \
        inherit it.
        """,
      example: "priority 1 5",
      seeAlso: ["policy", "nice", "tickets", "info"],
      completion: [.liveTask, .nothing]
    )

    static let reference = Reference(
      results: [.setting("priority")],
      demonstration: ["spawn count", "priority 1 2"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      let range = SchedulingParameters.priorities
      let (tid, value) = try shell.taskAndValue(invocation, manual, "a priority", in: range)
      let isAlive =
        try shell.ask(invocation) { session throws(RequestFailure) in
          try session.setPriority(value, of: tid)
        }
      shell.reportSetting("priority", "priority", value, of: tid, isAlive)
    }
  }
}
