import CorosKernel

/// Which tasks wait for each other in circles, so that none of them goes on by itself.
struct WaitCircles {
  /// The number of the circle, or of several that share tasks, in which a task is.
  private var circles: [TaskID: Int] = [:]

  /// Examines the waits of a machine, in O(tasks and what stands in their way).
  ///
  /// The components of the graph of waits, by Tarjan's algorithm with a stack of its own.
  ///
  /// - Parameters:
  ///   - scheduler: The machine.
  ///   - condition: Asked for each task; true gives up.
  /// - Throws: `Interrupted`, if the condition holds.
  init(_ scheduler: Scheduler, unless condition: () -> Bool) throws(Interrupted) {
    var numbers: [TaskID: Int] = [:]
    var lowest: [TaskID: Int] = [:]
    var open: [TaskID] = []
    var isOpen: Swift.Set<TaskID> = []
    var path: [(task: TaskID, ahead: ArraySlice<TaskID>)] = []
    func visit(_ task: TaskID) {
      numbers[task] = numbers.count
      lowest[task] = numbers[task]
      open.append(task)
      isOpen.insert(task)
      path.append((task, Self.obstacles(of: task, scheduler)[...]))
    }
    func lower(_ task: TaskID, to number: Int?) {
      lowest[task] = min(lowest[task] ?? .max, number ?? .max)
    }
    for task in scheduler.tasks() where numbers[task.tid] == nil {
      visit(task.tid)
      while let (task, _) = path.last {
        if condition() { throw Interrupted() }
        if let next = path[path.count - 1].ahead.popFirst() {
          if numbers[next] == nil {
            visit(next)
          } else if isOpen.contains(next) {
            lower(task, to: numbers[next])
          }
          continue
        }
        path.removeLast()
        if let before = path.last?.task { lower(before, to: lowest[task]) }
        guard lowest[task] == numbers[task], let start = open.lastIndex(of: task) else { continue }
        let component = open[start...]
        if component.count > 1 { for member in component { circles[member] = numbers[task] } }
        isOpen.subtract(component)
        open.removeSubrange(start...)
      }
    }
  }

  /// Whether a task is in a circle.
  func contains(_ task: TaskID) -> Bool { circles[task] != nil }

  /// Whether two tasks are in one circle.
  func join(_ task: TaskID, _ other: TaskID) -> Bool {
    circles[task] != nil && circles[task] == circles[other]
  }

  /// The tasks that must do something before a task goes on; none for a wait that ends by itself.
  private static func obstacles(of task: TaskID, _ scheduler: Scheduler) -> [TaskID] {
    scheduler.info(task)?.deadline == nil ? scheduler.obstacles(of: task) : []
  }
}
