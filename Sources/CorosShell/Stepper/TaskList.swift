import CorosInsight
package import CorosKernel

/// The live tasks by importance: the task with the CPU, the ready tasks, and the waiting tasks, queue by
/// queue.
package struct TaskList {
  enum Item: Equatable {
    case heading(String, count: Int)
    case task(TaskID)
  }

  let items: [Item]
  package let readyQueue: [TaskID]
  /// The choice of the next step.
  package let choice: NextChoice
  /// The task that the next step runs.
  package let next: TaskID?

  /// Lists the tasks of a machine; O(n log n) in the live tasks, or in all that are remembered.
  ///
  /// - Parameters:
  ///   - shell: The shell, whose machine shows what is due at the present tick.
  ///   - choice: The choice of the next step.
  ///   - withEnded: Whether to list tasks that have ended, too.
  init(_ shell: Shell, _ choice: NextChoice, withEnded: Bool = false) {
    let scheduler = shell.scheduler
    var items: [Item] = []
    var listed = 0
    func add(_ title: String, _ tasks: [TaskID]) {
      guard !tasks.isEmpty else { return }
      items.append(.heading(title, count: tasks.count))
      items += tasks.map { .task($0) }
      listed += tasks.count
    }
    readyQueue = scheduler.readyQueue
    self.choice = choice
    next = choice.task
    if let holder = scheduler.sliceHolder { add("has the CPU", [holder.tid]) }
    add("ready", readyQueue)
    let queues = scheduler.waitQueues
    for queue in queues { add(queue.reason.title, queue.tasks) }
    if listed < scheduler.liveTaskCount {
      let known = Swift.Set(queues.flatMap(\.tasks))
      var (arriving, stopped): ([TaskID], [TaskID]) = ([], [])
      for task in scheduler.tasks() where !known.contains(task.tid) {
        switch task.state {
        case .new: arriving.append(task.tid)
        case .stopped: stopped.append(task.tid)
        default: break
        }
      }
      add("not arrived yet", arriving)
      add("stopped", stopped)
    }
    if withEnded {
      add(
        "ended",
        scheduler.tasks(includingEnded: true).filter { !TaskWords.isAlive($0) }.map(\.tid)
      )
    }
    self.items = items
  }

  /// The next task below another one that fits; from the end on, at the top.
  package func first(after task: TaskID?, where fits: (TaskID) -> Bool) -> TaskID? {
    let tasks = items.compactMap { if case .task(let tid) = $0 { tid } else { nil } }
    let start = task.flatMap { tasks.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    return (tasks[start...] + tasks[..<start]).first(where: fits)
  }

  /// The position of a task among the items.
  package func index(of task: TaskID) -> Int? { items.firstIndex(of: .task(task)) }

  /// The task a number of places below another one, or above it, as far as there are any.
  ///
  /// Without another one, the first task; `Int.max` places below it, the last.
  package func task(_ places: Int, from task: TaskID?) -> TaskID? {
    let tasks = items.compactMap { if case .task(let tid) = $0 { tid } else { nil } }
    guard let start = task.flatMap({ tasks.firstIndex(of: $0) }) else {
      return places == .max ? tasks.last : tasks.first
    }
    let (sum, isTooFar) = start.addingReportingOverflow(places)
    let end = places < 0 ? 0 : tasks.count - 1
    return tasks[isTooFar ? end : min(max(0, sum), tasks.count - 1)]
  }
}
