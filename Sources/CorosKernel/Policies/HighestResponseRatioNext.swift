/// The task whose wait is the longest for its length runs next, until it waits, yields or ends.
///
/// The response ratio of a task is its wait and its length together, over its length: 1 when it becomes ready, and
/// growing from then on, the faster the shorter it is. So short jobs go first, and long ones are not left out
/// for ever. The wait is that since it last became ready, and the length the whole that it declares; the ratio of
/// a task of unknown length stays 1. Among equals the one that became ready first goes first.
///
/// A choice is O(n) in the ready tasks, since their order changes with time; all else is O(1).
///
/// Source: Stallings, "Operating Systems: Internals and Design Principles", 9.2; first in Brinch Hansen,
/// "Operating System Principles", 1973.
public struct HighestResponseRatioNext: SchedulingPolicy {
  private struct Member {
    /// The declared length; nil when it is not known.
    var length: Tick?
    /// The tick from which on it is ready.
    var since: Tick = 0
  }

  private var queue = TaskQueue()
  private var members = SlotTable(standard: Member())
  /// What tick it is, for those who look.
  private var now: Tick = 0

  /// Makes the policy.
  public init() {}

  /// The name.
  public var description: String { "hrrn" }

  /// The lengths, and the time.
  public var interests: PolicyInterests { [.tasks, .time] }

  /// The rule, in words.
  public var rule: String { "the task with the highest response ratio goes first" }

  /// By ratio, as they are now.
  public var order: [TaskHandle] {
    queue.tasks.enumerated().sorted { left, right in
      if isAhead(left.element, of: right.element, at: now) { return true }
      if isAhead(right.element, of: left.element, at: now) { return false }
      return left.offset < right.offset
    }.map(\.element)
  }

  /// Notes a task's length.
  public mutating func admit(_ task: TaskHandle, _ parameters: SchedulingParameters, ran: Tick) {
    members[task.slot].length = parameters.length
  }

  /// Lets the next task of that index begin with nothing.
  public mutating func forget(_ task: TaskHandle) { members[task.slot] = Member() }

  /// Notes the time.
  public mutating func advance(to now: Tick, turn ticks: Tick) { self.now = now }

  /// Puts a task at the tail, from where its wait counts.
  public mutating func enqueue(_ task: TaskHandle, at now: Tick) {
    members[task.slot].since = now
    queue.append(task)
  }

  /// Takes a task out.
  public mutating func remove(_ task: TaskHandle) {
    queue.remove(task)
  }

  /// Takes the one of the highest ratio, for as long as it likes.
  public mutating func next(at now: Tick) -> Choice? {
    let ready = queue.tasks
    guard var best = ready.first else { return nil }
    for task in ready.dropFirst() where isAhead(task, of: best, at: now) { best = task }
    queue.remove(best)
    return Choice(best, slice: .max)
  }

  /// The ratio, and what it is made of.
  public func sortKey(of task: TaskHandle, after ticks: Tick) -> String? {
    let member = members[task.slot]
    guard let length = member.length else { return "response ratio 1, its length unknown" }
    // A running task waits no more: its wait was over when its turn began.
    let wait = max(0, now - ticks - member.since)
    let hundredths = (Int128(wait) * 200 + Int128(length)) / (2 * Int128(length)) + 100
    let digits = hundredths % 100 < 10 ? "0\(hundredths % 100)" : "\(hundredths % 100)"
    return "response ratio \(hundredths / 100).\(digits), waiting \(wait) for a length of \(length)"
  }

  /// Whether the ratio of one is greater than that of another: compared by products, so exactly.
  private func isAhead(_ task: TaskHandle, of other: TaskHandle, at now: Tick) -> Bool {
    let (one, two) = (members[task.slot], members[other.slot])
    guard let length = one.length else { return false }
    guard let otherLength = two.length else { return now > one.since }
    return Int128(now - one.since) * Int128(otherLength) > Int128(now - two.since) * Int128(length)
  }
}
