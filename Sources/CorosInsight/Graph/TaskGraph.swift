package import CorosKernel
import CorosLanguage

/// The graph of which task created which, which waits for which or for what, and who holds that; drawn in several
/// notations.
///
/// It is produced node by node and edge by edge, so a million tasks take little memory.
package struct TaskGraph {
  /// A task, or something that tasks wait for.
  package enum Node: Hashable {
    case task(TaskID)
    /// A channel, counted from 1.
    case channel(Int)
    case object(ObjectID)

    /// An identifier without special meaning in any notation.
    package var id: String {
      switch self {
      case .task(let tid): "t\(tid)"
      case .channel(let number): "c\(number)"
      case .object(let id): "o\(id)"
      }
    }
  }

  package enum Element {
    /// The operator, whose task id is 0.
    case `operator`
    case task(TaskInfo, isInCircle: Bool)
    case channel(Int, name: String)
    /// A lock or the like that tasks hold or wait for, with its name and its kind.
    case object(ObjectID, label: [String])
    /// A task holds an object.
    case hold(of: ObjectID, by: TaskID, words: String, isInCircle: Bool)
    /// The first task was created by the second, or was adopted by it after its creator ended.
    case child(TaskID, of: TaskID)
    case wait(of: TaskID, on: Node, words: String, isInCircle: Bool)
  }

  private let scheduler: Scheduler
  private let includesEnded: Bool
  private let circles: WaitCircles

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
    circles = try WaitCircles(scheduler, unless: condition)
  }

  /// Produces the graph: tasks by their ids, each before the edges that begin at it, and what they wait for or hold.
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
        task.status == nil
      {
        let words = words("waits for any", parent)
        try body(.wait(of: parent.tid, on: .task(task.tid), words: words, isInCircle: false))
      }
      switch TaskWords.reason(of: task) {
      case .task(let target)?:
        let words = words("waits for", task)
        try body(
          .wait(
            of: task.tid,
            on: .task(target),
            words: words,
            isInCircle: circles.join(task.tid, target)
          )
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
    for object in scheduler.objects where !(object.holders.isEmpty && object.waiters.isEmpty) {
      try forEachElement(of: object, body)
    }
  }

  /// Produces an object, who waits for it, and who holds it.
  private func forEachElement<Failure: Error>(
    of object: ObjectInfo,
    _ body: (Element) throws(Failure) -> Void
  ) throws(Failure) {
    try body(.object(object.id, label: [excerpt(of: object.name), object.kind]))
    for waiter in object.waiters where waiter.task != .operator {
      let purpose = waiter.purpose.map { ", to \($0)" } ?? ""
      let deadline = waiter.deadline.map { ", until tick \($0)" } ?? ""
      try body(
        .wait(
          of: waiter.task,
          on: .object(object.id),
          words: "waits for" + purpose + deadline,
          isInCircle: object.holders.contains { circles.join(waiter.task, $0.task) }
        )
      )
    }
    for holder in object.holders {
      try body(
        .hold(
          of: object.id,
          by: holder.task,
          words: "held by" + (holder.purpose.map { ", to \($0)" } ?? ""),
          isInCircle: object.waiters.contains { circles.join($0.task, holder.task) }
        )
      )
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
}
