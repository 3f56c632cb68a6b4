import CorosFiles
import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Begins anew.
  enum Reset: PrintingCommand {
    static let manual = Manual(
      name: "reset",
      summary: "begin anew: no tasks, tick 0",
      usage: "reset",
      group: .machine,
      details: """
        All tasks are ended, their clean-up run, and the machine is as new, with the present policy and \
        seed. Your variables stay, save $!.
        """,
      example: "reset",
      seeAlso: ["seed", "policy", "exit"],
      completion: [.nothing]
    )

    static let reference = Reference(
      results: [ResultLine([.init("ended", .number, "how many tasks were ended")])],
      demonstration: ["spawn count; spawn clock", "reset"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 0, manual)
      let count = shell.scheduler.liveTaskCount
      shell.session.reset()
      shell.report(["command": "reset", "ended": .int(count)]) {
        switch count {
        case 0: "as new"
        case 1: "as new; 1 task was ended"
        default: "as new; \(count) tasks were ended"
        }
      }
    }
  }
}
