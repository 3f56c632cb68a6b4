import CorosFiles
import CorosKernel
import CorosSession

extension Commands {
  /// Sets a task's share of the CPU.
  enum Tickets: PrintingCommand {
    static let manual = Manual(
      name: "tickets",
      summary: "set how many tickets a task has: its share of the CPU",
      usage: "tickets TID N",
      group: .tasks,
      details: """
        Under the policies `lottery` and `stride` a task with twice the tickets gets twice the CPU. 100 \
        unless you say otherwise; children inherit their number.
        """,
      example: "tickets 1 300",
      seeAlso: ["policy", "nice", "priority", "info"],
      completion: [.liveTask, .nothing]
    )

    static let reference = Reference(
      results: [.setting("tickets")],
      demonstration: ["spawn count", "tickets 1 300"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      let range = SchedulingParameters.ticketCounts
      let (tid, value) = try shell.taskAndValue(
        invocation,
        manual,
        "a number of tickets",
        in: range
      )
      let isAlive =
        try shell.ask(invocation) { session throws(RequestFailure) in
          try session.setTickets(value, of: tid)
        }
      shell.reportSetting("tickets", "tickets", value, of: tid, isAlive)
    }
  }
}
