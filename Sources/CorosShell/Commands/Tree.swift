import CorosKernel

/// Shows who created whom.
enum Tree: ShellCommand {
  static let manual = Manual(
    name: "tree",
    summary: "show who created whom",
    usage: "tree [-a]",
    group: .looking,
    details: """
      Each task stands under its parent. Tasks whose parent has ended belong to the operator, at the \
      top. With -a those that have ended are shown, too, under those who created them.
      """,
    example: "tree",
    seeAlso: ["ps", "info"],
    completion: [.words(["-a"]), .nothing]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    try invocation.allow(atMost: 1, manual)
    if let argument = invocation.arguments.first, argument.text != "-a" {
      throw CommandFailure(
        "tree does not take '\(excerpt(of: argument.text))'",
        at: argument.range,
        hint: "usage: \(manual.usage)"
      )
    }
    let isAll = !invocation.arguments.isEmpty
    let tasks = Array(shell.scheduler.tasks(includingEnded: isAll))
    let forest = Forest(tasks, byCreator: isAll)
    shell.report([
      "command": "tree",
      "tick": .int(shell.scheduler.now),
      "tasks": .array(tasks.map { json($0, forest) }),
    ]) {
      tasks.isEmpty ? shell.noTasks(isAll: isAll) : text(forest, shell)
    }
  }

  private static func json(_ task: TaskInfo, _ forest: Forest) -> JSON {
    [
      "tid": .int(task.tid.rawValue), "name": .string(task.name),
      "parent": .int(forest.parent(of: task).rawValue), "state": .string(task.state.word),
    ]
  }

  /// Walks the forest without recursion: a chain of children can be as long as the task limit.
  private static func text(_ forest: Forest, _ shell: Shell) -> String {
    var result = shell.style.paint("operator", .heading) + "\n"
    var stack = forest.children(of: .operator).reversed().enumerated().map { index, task in
      (task: task, prefix: "", isLast: index == 0)
    }
    while let (task, prefix, isLast) = stack.popLast() {
      let state = shell.style.paint(task.state.word, TaskWords.role(of: task.state))
      result +=
        "\(prefix)\(isLast ? "└─ " : "├─ ")\(task.tid) \(excerpt(of: task.name))  \(state)\n"
      // Very deep trees are drawn straight down after a while, or their lines would have no end.
      let deepest = 40 * 3
      let inner = prefix.count < deepest ? prefix + (isLast ? "   " : "│  ") : prefix
      let children = forest.children(of: task.tid).reversed().enumerated()
      for (index, child) in children { stack.append((child, inner, index == 0)) }
    }
    return result
  }

  /// Tasks by their parents.
  private struct Forest {
    private var childrenOf: [TaskID: [TaskInfo]] = [:]
    private let known: Swift.Set<TaskID>
    private let byCreator: Bool

    init(_ tasks: [TaskInfo], byCreator: Bool) {
      self.byCreator = byCreator
      known = Swift.Set(tasks.map(\.tid))
      for task in tasks { childrenOf[parent(of: task), default: []].append(task) }
    }

    func parent(of task: TaskInfo) -> TaskID {
      byCreator && known.contains(task.creator) ? task.creator : task.parent
    }

    func children(of tid: TaskID) -> [TaskInfo] { childrenOf[tid] ?? [] }
  }
}
