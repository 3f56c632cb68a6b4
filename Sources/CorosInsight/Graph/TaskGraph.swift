package import CorosKernel
import CorosLanguage

/// The graph of which task created which, and which waits for which; drawn in several notations.
///
/// It is produced node by node and edge by edge, so a million tasks take little memory.
package struct TaskGraph {
  /// A task, or a channel that tasks wait on.
  package enum Node: Hashable {
    case task(TaskID)
    /// A channel, counted from 1.
    case channel(Int)

    /// An identifier without special meaning in any notation.
    package var id: String {
      switch self {
      case .task(let tid): "t\(tid)"
      case .channel(let number): "c\(number)"
      }
    }
  }

  package enum Element {
    /// The operator, whose task id is 0.
    case `operator`
    case task(TaskInfo, isInCircle: Bool)
    case channel(Int, name: String)
    /// The first task was created by the second, or was adopted by it after its creator ended.
    case child(TaskID, of: TaskID)
    case wait(of: TaskID, on: Node, words: String, isInCircle: Bool)
  }

  private let scheduler: Scheduler
  private let includesEnded: Bool
  private let circles: Swift.Set<TaskID>

  /// Examines a machine, in O(n).
  ///
  /// - Parameters:
  ///   - scheduler: The machine.
  ///   - includesEnded: Whether tasks that have ended belong to the graph.
  ///   - condition: Asked for each task; true gives up.
  /// - Throws: `Interrupted`, if the condition holds.
  package init(
    _ scheduler: Scheduler,
    includesEnded: Bool,
    unless condition: () -> Bool = { false }
  ) throws(Interrupted) {
    self.scheduler = scheduler
    self.includesEnded = includesEnded
    circles = try Self.tasksInCircles(scheduler, unless: condition)
  }

  /// Produces the graph: tasks by their ids, each before the edges that begin at it.
  package func forEachElement<Failure: Error>(
    _ body: (Element) throws(Failure) -> Void
  ) throws(Failure) {
    try body(.operator)
    var channels: [String: Int] = [:]
    for task in scheduler.tasks(includingEnded: includesEnded) {
      let isInCircle = circles.contains(task.tid)
      try body(.task(task, isInCircle: isInCircle))
      try body(.child(task.tid, of: maker(of: task)))
      if let parent = scheduler.info(task.parent), TaskWords.reason(of: parent) == .anyChild,
        TaskWords.status(of: task) == nil
      {
        let words = words("waits for any", parent)
        try body(.wait(of: parent.tid, on: .task(task.tid), words: words, isInCircle: false))
      }
      switch TaskWords.reason(of: task) {
      case .task(let target)?:
        let words = words("waits for", task)
        try body(
          .wait(of: task.tid, on: .task(target), words: words, isInCircle: isInCircle)
        )
      case .channel(let channel)?:
        let number = channels[channel.name] ?? channels.count + 1
        if channels.updateValue(number, forKey: channel.name) == nil {
          try body(.channel(number, name: excerpt(of: channel.name)))
        }
        let words = words("waits on", task)
        try body(
          .wait(of: task.tid, on: .channel(number), words: words, isInCircle: false)
        )
      default: break
      }
    }
  }

  private func words(_ verb: String, _ task: TaskInfo) -> String {
    verb + (task.deadline.map { ", until tick \($0)" } ?? "")
  }

  private func maker(of task: TaskInfo) -> TaskID {
    includesEnded && scheduler.info(task.creator) != nil ? task.creator : task.parent
  }

  /// The text in a task's node.
  package static func label(_ task: TaskInfo) -> [String] {
    let remark = TaskWords.remark(on: task)
    let state = task.state.word + (remark.isEmpty ? "" : " \(remark)")
    return ["\(task.tid) \(excerpt(of: task.name))", excerpt(of: state)]
  }

  /// The tasks in circles of waiters, where none can go on: each waits for at most one task.
  private static func tasksInCircles(
    _ scheduler: Scheduler,
    unless condition: () -> Bool
  ) throws(Interrupted) -> Swift.Set<TaskID> {
    var found: Swift.Set<TaskID> = []
    var seen: Swift.Set<TaskID> = []
    for task in scheduler.tasks() {
      if condition() { throw Interrupted() }
      // A circle consists of tasks that wait.
      guard target(of: task) != nil else { continue }
      var path: [TaskID] = []
      var next: TaskID? = task.tid
      while let tid = next, seen.insert(tid).inserted {
        path.append(tid)
        next = scheduler.info(tid).flatMap { target(of: $0) }
      }
      // The walk has reached its own path, or an older one.
      if let tid = next, let start = path.firstIndex(of: tid) { found.formUnion(path[start...]) }
    }
    return found
  }

  private static func target(of task: TaskInfo) -> TaskID? {
    guard case .task(let target)? = TaskWords.reason(of: task),
      // A wait with a deadline ends by itself.
      task.deadline == nil
    else { return nil }
    return target
  }
}
