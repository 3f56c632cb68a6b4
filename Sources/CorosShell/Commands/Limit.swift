import CorosKernel

/// Shows or sets how much the machine holds.
enum Limit: ShellCommand {
  static let manual = Manual(
    name: "limit",
    summary: "show or set how many tasks there may be",
    usage: "limit [tasks N]",
    group: .machine,
    details: """
      Beyond the limit no task can be made: `spawn` fails, and so does a task's own NewTask. That is \
      what stops a fork bomb.
      """,
    example: "limit tasks 100",
    seeAlso: ["spawn", "programs"],
    completion: [.words(["tasks"]), .nothing]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    try invocation.allow(atMost: 2, manual)
    if let name = invocation.arguments.first {
      guard name.text == "tasks" else {
        throw CommandFailure(
          "there is no limit '\(excerpt(of: name.text))'",
          at: name.range,
          hint: Suggestion.question(for: name.text, among: ["tasks"]) ?? "usage: \(manual.usage)"
        )
      }
      if invocation.arguments.count == 2 {
        shell.scheduler.taskLimit = try invocation.integer(1, "the limit", in: 0...10_000_000)
      }
    }
    let limit = shell.scheduler.taskLimit
    shell.report(["command": "limit", "tasks": .int(limit)]) {
      "at most \(counted(limit, "task"))"
    }
  }
}
