import CorosExports
import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Shows or sets how much the machine holds.
  enum Limit: PrintingCommand {
    static let manual = Manual(
      name: "limit",
      summary: "show or set how much the machine holds",
      usage: "limit [tasks N | output BYTES]",
      group: .machine,
      details: """
        Beyond the limit of `tasks` no task can be made: `spawn` fails, and so does a task's own NewTask. \
        That is what stops a fork bomb. Beyond that of `output` the oldest that a task has written is no \
        longer kept, a line counting for 16 bytes more than it has; and at the prompt no more than that is \
        shown of a task until your next command, in live mode in a second. A script's output is never cut.
        """,
      example: "limit tasks 100",
      seeAlso: ["spawn", "output", "programs"],
      completion: [.words(names), .nothing]
    )

    static let reference = Reference(
      notes:
        "Of all tasks together 16 MiB are kept of what they write, or one share if that is more.",
      results: [
        ResultLine([
          .sometimes(
            "tasks",
            .number,
            "how many tasks there may be; if it was named, or nothing was"
          ),
          .sometimes("output", .number, "how many bytes of each task are kept; likewise"),
        ])
      ],
      demonstration: ["limit tasks 100", "limit"]
    )

    private static let names = ["tasks", "output"]

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 2, manual)
      guard let name = invocation.arguments.first else { return report(names, shell) }
      let isSet = invocation.arguments.count == 2
      switch name.text {
      case "tasks":
        if isSet {
          let limit = try invocation.integer(1, "the limit", in: 0...10_000_000)
          shell.session.setTaskLimit(limit)
        }
      case "output":
        if isSet {
          shell.session.recorders.outputs.limit = try invocation.integer(
            1,
            "the limit",
            in: 1...1_000_000_000
          )
        }
      default:
        throw CommandFailure(
          "there is no limit '\(excerpt(of: name.text))'",
          at: name.range,
          hint: Suggestion.question(for: name.text, among: names) ?? "usage: \(manual.usage)"
        )
      }
      report([name.text], shell)
    }

    /// Reports the limits of these names.
    private static func report(_ names: [String], _ shell: Shell) {
      let tasks = shell.scheduler.taskLimit
      let bytes = shell.session.recorders.outputs.limit
      var json: [(String, JSON)] = [("command", "limit")]
      var text = ""
      for name in names {
        if name == "tasks" {
          json.append((name, .int(tasks)))
          text += "at most \(counted(tasks, "task"))\n"
        } else {
          json.append((name, .int(bytes)))
          text += "at most \(counted(bytes, "byte")) kept of what each task writes\n"
        }
      }
      shell.report(.object(json)) { text }
    }
  }
}
