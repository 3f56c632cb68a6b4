import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Shows which task created which.
  enum Tree: ShellCommand, GlancingCommand {
    static let manual = Manual(
      name: "tree",
      summary: "show which task created which",
      usage: "tree [-a] \(Glance.usage) \(Page.usage)",
      group: .looking,
      details: """
        Each task is drawn under its parent. A task whose parent has ended belongs to the operator, at the \
        top. -a also draws tasks that have ended, under the tasks that created them. The first 100 tasks are \
        drawn, or ROWS; -p 2 draws the next page.
        """,
      example: "tree",
      seeAlso: ["ps", "info"],
      completion: [.words(["-a", "-n", "-p"])]
    )

    static let reference = Reference(
      notes: Page.notes,
      demonstration: ["spawn count; spawn circle 2; step 3", "tree"]
    )

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<Result>
    ) throws(CommandFailure) {
      var invocation = invocation
      let page = try Page(from: &invocation, isJSON: shell.settings.isJSON, manual)
      try invocation.allow(atMost: 1, manual)
      if let argument = invocation.arguments.first, argument.text != "-a" {
        throw manual.refusal(of: argument)
      }
      let isAll = !invocation.arguments.isEmpty
      let scheduler = shell.scheduler
      var listing = results.list(Result(tick: scheduler.now), page)
      let forest = try Forest(scheduler, isAll: isAll) { () throws(CommandFailure) in
        try listing.look()
      }
      // A person sees the tasks below one another, a program gets them by age.
      if shell.settings.isJSON {
        for task in scheduler.tasks(includingEnded: isAll) {
          try listing.look()
          listing.add(
            .init(
              task: task,
              parent: forest.parent(of: task),
              group: group(of: task.tid, scheduler)
            )
          )
          if listing.isFull { break }
        }
      } else if forest.count > 0 {
        try draw(forest, page, scheduler, shell.style, into: &listing)
      }
      listing.end { look in
        forest.count == 0
          ? shell.noTasks(isAll: isAll)
          : look.style.paint(page.footer(total: forest.count), .faint)
      }
    }

    struct Result: ListingResult {
      let tick: Tick

      static let head: [ResultField<Self>] = [.number("tick", "the tick now", \.tick)]
      static let list = (key: "tasks", meaning: "one object per task, oldest first")

      struct Row: ListingRow {
        let task: TaskInfo
        /// The task above it in the drawing.
        let parent: TaskID
        /// The group of its parent that it belongs to.
        let group: String?

        static let fields: [ResultField<Self>] = [
          .number("tid", "the task", \.task.tid.rawValue),
          .text("name", "its name", \.task.name),
          .number("parent", "the task it is drawn under; 0 is the operator", \.parent.rawValue),
          .state(\.task.state),
          .textOrNull("group", "the group it belongs to", \.group),
        ]
      }
    }

    /// Walks the forest without recursion: a chain of children can be as long as the task limit.
    private static func draw(
      _ forest: Forest,
      _ page: Page,
      _ scheduler: Scheduler,
      _ style: Style,
      into listing: inout Listing<Result>
    ) throws(CommandFailure) {
      listing.addLine(style.paint("operator", .heading))
      var stack = [(rest: forest.children(of: .operator), prefix: "", depth: 0)]
      var drawn = 0
      while let (rest, prefix, depth) = stack.last, !page.isFull(after: drawn) {
        guard let place = rest.first else {
          stack.removeLast()
          continue
        }
        try listing.look()
        stack[stack.endIndex - 1].rest.removeFirst()
        let isLast = rest.count == 1
        let tid = forest[place]
        if page.contains(drawn), let task = scheduler.info(tid) {
          let state = style.paint(task.state.word, task.state.role)
          let branch = isLast ? "└─ " : "├─ "
          let group = group(of: tid, scheduler).map { style.paint("  in \($0)", .faint) } ?? ""
          listing.addLine("\(prefix)\(branch)\(tid) \(excerpt(of: task.name))  \(state)\(group)")
        }
        drawn += 1
        // Very deep trees are drawn straight down after a while, or their lines would have no end.
        let isDeep = depth >= deepest
        let inner = isDeep ? prefix : prefix + (isLast ? "   " : "│  ")
        stack.append((forest.children(of: tid), inner, isDeep ? depth : depth + 1))
      }
    }

    private static func group(of tid: TaskID, _ scheduler: Scheduler) -> String? {
      scheduler.bonds(of: tid).first { $0.kind == "group" && $0.role != nil }?.name
    }

    /// How many levels are drawn beside each other.
    private static let deepest = 40

    /// Tasks by their parents: pairs, ordered by parent and, among siblings, by age.
    ///
    /// Sixteen bytes per task, because there may be a million.
    private struct Forest {
      let isAll: Bool
      private let scheduler: Scheduler
      private var pairs: ContiguousArray<(parent: TaskID, tid: TaskID)> = []

      var count: Int { pairs.count }

      /// Gathers the tasks.
      ///
      /// - Parameters:
      ///   - scheduler: whose tasks.
      ///   - isAll: whether those that have ended belong to it.
      ///   - look: called for each task.
      /// - Throws: what `look` throws.
      init(
        _ scheduler: Scheduler,
        isAll: Bool,
        _ look: () throws(CommandFailure) -> Void
      ) throws(CommandFailure) {
        self.scheduler = scheduler
        self.isAll = isAll
        for task in scheduler.tasks(includingEnded: isAll) {
          try look()
          pairs.append((parent(of: task), task.tid))
        }
        pairs.sort { ($0.parent, $0.tid) < ($1.parent, $1.tid) }
      }

      /// The task at an index.
      subscript(place: Int) -> TaskID { pairs[place].tid }

      func parent(of task: TaskInfo) -> TaskID {
        isAll && scheduler.info(task.creator) != nil ? task.creator : task.parent
      }

      /// The indices of a task's children, by binary search.
      func children(of tid: TaskID) -> Range<Int> {
        firstPlace(from: tid)..<firstPlace(from: TaskID(rawValue: tid.rawValue + 1))
      }

      private func firstPlace(from parent: TaskID) -> Int {
        var (low, high) = (0, pairs.count)
        while low < high {
          let middle = low + (high - low) / 2
          if pairs[middle].parent < parent { low = middle + 1 } else { high = middle }
        }
        return low
      }
    }
  }
}
