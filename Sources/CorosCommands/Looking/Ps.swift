import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Lists tasks.
  enum Ps: ShellCommand, GlancingCommand {
    static let manual = Manual(
      name: "ps",
      summary: "list the tasks",
      usage: "ps [-a] [NAME|STATE] \(TopColumn.usage) \(Glance.usage) \(Page.usage)",
      group: .looking,
      details: """
        One line per task, oldest first. RAN is the number of ticks of CPU that it has had. DETAIL continues \
        STATE: what it waits for, until when it sleeps, how it ended. -a also lists tasks that have ended, \
        as long as they are remembered. A word lists only the tasks with that name or in that state: new, \
        ready, running, waiting, sleeping, stopped or exited. --sort puts them in the order of a column of `top`: tid, \
        name, state, cpu, run, wait or blocked; DETAIL then says what is not in the table. The first 100 tasks are listed, or ROWS; -p 2 \
        lists the next page.
        """,
      example: "ps -a",
      seeAlso: ["info", "queue", "tree", "top"],
      completion: [
        .words(["-a", "--sort", "-n", "-p"] + TaskWords.states),
        .words(TopColumn.allCases.map(\.rawValue)),
      ]
    )

    static let reference = Reference(
      notes: Page.notes,
      demonstration: ["spawn count 1; spawn clock; spawn circle; step 4", "ps -a"]
    )

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<Result>
    ) throws(CommandFailure) {
      var invocation = invocation
      let isJSON = shell.settings.isJSON
      let page = try Page(from: &invocation, isJSON: isJSON, manual)
      let column = try TopColumn.take(from: &invocation, manual)
      let (filter, isAll) = try selection(invocation)
      let scheduler = shell.scheduler
      var listing = results.list(Result(tick: scheduler.now), page)
      var total: Int?
      for task in tasks(sortedBy: column, isAll: isAll, scheduler) {
        try listing.look()
        if let filter, filter != task.name, filter != task.state.word { continue }
        let figure = column.flatMap { TopRow(task: task, now: scheduler.now).words(for: $0) }
        listing.add(.init(task: task, holder: holder(of: task, scheduler), figure: figure))
        if listing.isFull, filter == nil || isJSON {
          // All tasks are listed, and their number is known: no need to count them.
          total = scheduler.liveTaskCount + (isAll ? scheduler.rememberedTaskCount : 0)
          break
        }
      }
      let found = listing.found
      listing.end { look in
        if found > 0 { return look.style.paint(page.footer(total: total ?? found), .faint) }
        return filter.map { noMatch($0, isAll: isAll, shell) } ?? shell.noTasks(isAll: isAll)
      }
    }

    /// The requested tasks: by name or state, and whether to include ended ones.
    private static func selection(
      _ invocation: Invocation
    ) throws(CommandFailure) -> (filter: String?, isAll: Bool) {
      try invocation.allow(atMost: 2, manual)
      var isAll = false
      var filter: String?
      for argument in invocation.arguments {
        if argument.text == "-a" {
          isAll = true
        } else if argument.text.hasPrefix("-") || filter != nil {
          throw manual.refusal(of: argument)
        } else {
          filter = argument.text
        }
      }
      return (filter, isAll || filter == "exited")
    }

    /// The tasks in the order of a column; without one they are looked up one by one, oldest first.
    private static func tasks(
      sortedBy column: TopColumn?,
      isAll: Bool,
      _ scheduler: Scheduler
    ) -> AnySequence<TaskInfo> {
      let tasks = scheduler.tasks(includingEnded: isAll)
      guard let column else { return AnySequence(tasks) }
      let rows = tasks.map { TopRow(task: $0, now: scheduler.now) }
      return AnySequence(rows.sorted(by: column).lazy.map(\.task))
    }

    struct Result: ListingResult {
      let tick: Tick

      static let head: [ResultField<Self>] = [.number("tick", "the tick now", \.tick)]
      static let list = (key: "tasks", meaning: "one object per task, oldest first unless sorted")

      struct Row: ListingRow {
        let task: TaskInfo
        /// The task that holds the object that it waits for.
        let holder: TaskID?
        /// What they are sorted by, where no column says it.
        let figure: String?

        static let fields: [ResultField<Self>] = [
          .number("tid", "the task", \.task.tid.rawValue),
          .text("name", "its name", \.task.name),
          .state(\.task.state),
          .textOrNull("waiting_for", TaskWords.reasons) {
            TaskWords.reason(of: $0.task)?.description
          },
          .number(
            "parent",
            "its parent; 0, the operator, once the parent has ended",
            \.task.parent.rawValue
          ),
          .number("dispatches", "its ticks of CPU", \.task.accounting.dispatches),
          .status { $0.task.status },
        ]

        static let columns: [TextTable.Column] = [
          .init("TID", .right), .init("NAME"), .init("STATE"), .init("PARENT", .right),
          .init("RAN", .right), .init("DETAIL"),
        ]

        private var detail: String {
          let parts = [
            figure ?? "",
            TaskWords.remark(on: task) + (holder.map { ", held by \($0)" } ?? ""),
            task.loan.map { "priority \($0.priority), lent by \($0.lender)" } ?? "",
          ]
          return parts.filter { !$0.isEmpty }.joined(separator: "; ")
        }

        var cells: [TextTable.Cell] {
          [
            .init("\(task.tid)", .heading), .init(task.name),
            .init(task.state.word, task.state.role),
            .init(task.parent == .operator ? "-" : "\(task.parent)"),
            .init(task.accounting.dispatches),
            .init(detail),
          ]
        }
      }
    }

    private static func holder(of task: TaskInfo, _ scheduler: Scheduler) -> TaskID? {
      guard case .object? = TaskWords.reason(of: task) else { return nil }
      return scheduler.obstacles(of: task.tid).first
    }

    /// The message if no task matches.
    private static func noMatch(_ filter: String, isAll: Bool, _ shell: Shell) -> String {
      if TaskWords.states.contains(filter) { return "no task is \(filter)" }
      if let tid = Int(filter) {
        return "no task is called '\(tid)'; `info \(tid)` tells about task \(tid)"
      }
      let all = shell.scheduler.tasks(includingEnded: true).lazy.map(\.name)
      let missing = "no \(isAll ? "" : "live ")task is called '\(excerpt(of: filter))'"
      if !isAll, all.contains(filter) {
        return missing + "; `ps -a` also lists tasks that have ended"
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
  /// The message if there are no tasks to list.
  func noTasks(isAll: Bool) -> String {
    isAll || scheduler.endedTaskCount == 0
      ? "no tasks; `spawn PROGRAM` makes one"
      : "no live tasks; `ps -a` lists tasks that have ended"
  }
}
