import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Lists tasks.
  enum Ps: PrintingCommand {
    static let manual = Manual(
      name: "ps",
      summary: "list the tasks",
      usage: "ps [-a] [NAME|STATE] \(Page.usage)",
      group: .looking,
      details: """
        One line a task, oldest first. RAN is how many ticks of CPU it has had, and DETAIL goes on from \
        STATE: what it waits for, until when it sleeps, how it ended. With -a those that have ended are \
        listed, too, as long as they are remembered. A word narrows the list to the tasks of \
        that name or in that state: new, ready, running, waiting, sleeping, stopped or exited. The first \
        100 are listed, or ROWS; -p 2 lists those after them.
        """,
      example: "ps -a",
      seeAlso: ["info", "queue", "tree"],
      completion: [.words(["-a", "-n", "-p"] + TaskWords.states)]
    )

    static let reference = Reference(
      notes: Page.notes,
      results: [
        ResultLine([
          .init("tick", .number, "the tick now"),
          .init(
            "tasks",
            .objects([
              .init("tid", .number, "the task"),
              .init("name", .text, "what it is called"),
              .init("state", .taskState, "what it is doing"),
              .init("waiting_for", .orNull(.text), TaskWords.reasons),
              .init("parent", .number, "who created it; 0, the operator, if that has ended"),
              .init("dispatches", .number, "its ticks of CPU"),
              .init("status", .orNull(.exitStatus), "how it ended, null while it lives"),
            ]),
            "one for each, oldest first"
          ),
        ])
      ],
      demonstration: ["spawn count 1; spawn clock; spawn circle; step 4", "ps -a"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      var invocation = invocation
      let page = try Page(from: &invocation, isJSON: shell.settings.isJSON, manual)
      try invocation.allow(atMost: 2, manual)
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
      try list(isAll: isAll, filter: filter, page, shell)
    }

    private static func list(
      isAll: Bool,
      filter: String?,
      _ page: Page,
      _ shell: Shell
    ) throws(CommandFailure) {
      let scheduler = shell.scheduler
      var listing = Listing(
        page,
        head: ["command": "ps", "tick": .int(scheduler.now)],
        list: "tasks",
        columns: columns,
        in: shell
      )
      var total: Int?
      for task in scheduler.tasks(includingEnded: isAll) {
        try listing.look()
        if let filter, filter != task.name, filter != task.state.word { continue }
        listing.add(json: json(task), row: row(task))
        if listing.isFull, filter == nil || shell.settings.isJSON {
          // All are listed, and their number is known: no need to count the rest.
          total = scheduler.liveTaskCount + (isAll ? scheduler.rememberedTaskCount : 0)
          break
        }
      }
      listing.end([:], footer: page.footer(total: total ?? listing.found))
      guard !shell.settings.isJSON, listing.found == 0 else { return }
      shell.output.writeLine(
        filter.map { nobody($0, isAll: isAll, shell) } ?? shell.noTasks(isAll: isAll)
      )
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

    private static let columns: [TextTable.Column] = [
      .init("TID", .right), .init("NAME"), .init("STATE"), .init("PARENT", .right),
      .init("RAN", .right), .init("DETAIL"),
    ]

    private static func row(_ task: TaskInfo) -> [TextTable.Cell] {
      [
        .init("\(task.tid)", .heading), .init(task.name),
        .init(task.state.word, task.state.role),
        .init(task.parent == .operator ? "-" : "\(task.parent)"),
        .init(task.accounting.dispatches),
        .init(TaskWords.remark(on: task)),
      ]
    }

    /// What is said when a filter leaves nobody.
    private static func nobody(_ filter: String, isAll: Bool, _ shell: Shell) -> String {
      if TaskWords.states.contains(filter) { return "no task is \(filter)" }
      if let tid = Int(filter) {
        return "no task is called '\(tid)'; `info \(tid)` tells about task \(tid)"
      }
      let all = shell.scheduler.tasks(includingEnded: true).lazy.map(\.name)
      let missing = "no \(isAll ? "" : "live ")task is called '\(excerpt(of: filter))'"
      if !isAll, all.contains(filter) {
        return missing + "; `ps -a` also lists those that have ended"
      }
      let question = Suggestion.question(
        for: filter,
        among: TaskWords.states + Swift.Set(all).sorted()
      )
      return missing + (question.map { "; \($0)" } ?? "")
    }
  }
}

extension Shell {
  /// What a listing says when there is nobody to list.
  func noTasks(isAll: Bool) -> String {
    isAll || scheduler.endedTaskCount == 0
      ? "no tasks; `spawn PROGRAM` makes one"
      : "no live tasks; `ps -a` lists those that have ended"
  }
}
