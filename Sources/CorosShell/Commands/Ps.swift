import CorosKernel

/// Lists tasks.
enum Ps: ShellCommand {
  static let manual = Manual(
    name: "ps",
    summary: "list the tasks",
    usage: "ps [-a] [NAME|STATE]",
    group: .looking,
    details: """
      One line a task, oldest first. RAN is how many ticks of CPU it has had. With -a those that have \
      ended are listed, too, as long as they are remembered. A word narrows the list to the tasks of \
      that name or in that state: ready, running, waiting, sleeping, stopped or exited.
      """,
    example: "ps -a",
    seeAlso: ["info", "queue", "tree"],
    completion: [.words(["-a", "ready", "running", "waiting", "sleeping", "stopped", "exited"])]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    try invocation.require(0...2, manual)
    var isAll = false
    var filter: String?
    for argument in invocation.arguments {
      if argument.text == "-a" {
        isAll = true
      } else if argument.text.hasPrefix("-") || filter != nil {
        throw CommandFailure(
          "ps does not take '\(excerpt(of: argument.text))'",
          at: argument.range,
          hint: "usage: \(manual.usage)"
        )
      } else {
        filter = argument.text
      }
    }
    if filter == "exited" { isAll = true }
    let tasks = shell.scheduler.tasks(includingEnded: isAll).filter { task in
      filter.map { $0 == task.name || $0 == task.state.word } ?? true
    }
    shell.report([
      "command": "ps", "tick": .int(shell.scheduler.now), "tasks": .array(tasks.map(json)),
    ]) {
      table(tasks, isAll: isAll, filter: filter, shell)
    }
  }

  private static func json(_ task: TaskInfo) -> JSON {
    [
      "tid": .int(task.tid.rawValue),
      "name": .string(task.name),
      "state": .string(task.state.word),
      "waiting_for": .string(TaskWords.reason(of: task)?.description),
      "parent": .int(task.parent.rawValue),
      "dispatches": .int(task.accounting.dispatches),
      "status": TaskWords.json(TaskWords.status(of: task)),
    ]
  }

  private static func table(
    _ tasks: [TaskInfo],
    isAll: Bool,
    filter: String?,
    _ shell: Shell
  ) -> String {
    guard !tasks.isEmpty else {
      if let filter { return "no task is called or is '\(excerpt(of: filter))'" }
      return isAll || shell.scheduler.endedTaskCount == 0
        ? "no tasks; `spawn PROGRAM` makes one"
        : "no live tasks; `ps -a` lists those that have ended"
    }
    var table = TextTable(
      [
        .init("TID", .right), .init("NAME"), .init("STATE"), .init("PARENT", .right),
        .init("RAN", .right), .init("WAITING FOR"),
      ],
      style: shell.style
    )
    for task in tasks {
      table.append([
        .init("\(task.tid)", .heading), .init(task.name),
        .init(task.state.word, TaskWords.role(of: task.state)),
        .init(task.parent == .operator ? "-" : "\(task.parent)"),
        .init(task.accounting.dispatches),
        .init(TaskWords.remark(on: task)),
      ])
    }
    return table.text
  }
}
