/// Tasks in the order in which they came.
///
/// Every operation but listing them is O(1).
struct TaskQueue {
  private var queue = SlotQueue()
  private var links = LinkTable()

  var isEmpty: Bool { queue.isEmpty }

  /// The tasks, head first.
  var tasks: [TaskHandle] { links.slots(of: queue).map { TaskHandle(slot: $0) } }

  /// Puts a task that is not in the queue at the tail.
  @inline(__always)
  mutating func append(_ task: TaskHandle) { links.append(task.slot, to: &queue) }

  /// Takes a task out, wherever it stands.
  mutating func remove(_ task: TaskHandle) { links.remove(task.slot, from: &queue) }

  /// Takes out the task at the head.
  @inline(__always)
  mutating func popFirst() -> TaskHandle? {
    links.popFirst(from: &queue).map { TaskHandle(slot: $0) }
  }
}
