package import CorosKernel

/// What is known of one object that tasks share: who has it, who waits, and the figures so far.
package struct SharedThing {
  /// A task that holds the object.
  package struct Hold: Hashable {
    package let task: TaskID
    package let since: Tick
    let mode: UInt8
  }

  /// A task that waits for the object.
  struct Stand: Hashable {
    let task: TaskID
    let since: Tick
    let mode: UInt8
    /// Whether nothing but the object ends the wait.
    var isOpenEnded: Bool
  }

  /// A span of time that a task spent with the object, or before it.
  package struct Record: Hashable {
    package let task: TaskID
    package let from: Tick
    package let ticks: Tick
  }

  /// A notification of a condition.
  package struct Notification: Hashable {
    package let task: TaskID
    package let tick: Tick
    package let woken: Int
  }

  /// Permits that ended tasks took and never gave.
  package struct Leak: Hashable {
    package let task: TaskID
    package let count: Int
  }

  package let kind: String
  /// Whether who waits for it waits for all its holders.
  package let isLock: Bool
  /// Known from the first event that names it.
  package internal(set) var name = ""
  package internal(set) var holds: [Hold] = []
  var stands: [Stand] = []

  /// How often a task got it: a lock, or a permit.
  package internal(set) var taken = 0
  /// How often a task had to wait.
  package internal(set) var contended = 0
  /// The ticks that tasks have waited, those that still wait not counted.
  package internal(set) var waited: Tick = 0
  package internal(set) var longestWait: Record?
  /// The ticks for which it was held, present holds not counted.
  package internal(set) var held: Tick = 0
  package internal(set) var longestHold: Record?
  /// The most tasks that waited at once.
  package internal(set) var longestQueue = 0
  /// How many waits ended by a deadline.
  package internal(set) var timeouts = 0
  /// How often a task ended while it held it.
  package internal(set) var leftBehind = 0
  /// The tasks that have got it.
  package internal(set) var takers: Swift.Set<TaskID> = []

  /// The last notification, of a condition.
  package internal(set) var lastNotification: Notification?
  /// The living tasks that have notified it.
  var notifiers: [TaskID] = []
  /// The permits that are lost, of a semaphore.
  package internal(set) var leaks: [Leak] = []

  /// Up to when the waiting has been put down to the holders.
  var accountedUntil: Tick = 0

  init(kind: String, isLock: Bool) {
    (self.kind, self.isLock) = (kind, isLock)
  }

  /// How many tasks wait.
  package var queue: Int { stands.count }

  /// Whether who waits for it waits for a task that holds it.
  var isHeldLock: Bool { isLock && !holds.isEmpty }

  /// Whether a task of that mode shares it with others of the mode.
  func isShared(_ mode: UInt8) -> Bool { kind == "rwlock" && mode == 0 }

  mutating func endHold(of task: TaskID, at now: Tick) {
    guard let index = holds.firstIndex(where: { $0.task == task }) else { return }
    let hold = holds.remove(at: index)
    let ticks = now - hold.since
    held += ticks
    if ticks > longestHold?.ticks ?? -1 {
      longestHold = Record(task: task, from: hold.since, ticks: ticks)
    }
  }

  mutating func endStand(of task: TaskID, at now: Tick) {
    guard let index = stands.firstIndex(where: { $0.task == task }) else { return }
    let stand = stands.remove(at: index)
    let ticks = now - stand.since
    waited += ticks
    if ticks > longestWait?.ticks ?? -1 {
      longestWait = Record(task: task, from: stand.since, ticks: ticks)
    }
  }

  /// The tasks for all of which a waiter waits, as far as nothing else can let it go on.
  func obstacles(of task: TaskID) -> [TaskID] {
    guard isLock, let place = stands.firstIndex(where: { $0.task == task }),
      stands[place].isOpenEnded
    else { return [] }
    let isReader = isShared(stands[place].mode)
    guard isReader, let first = holds.first, isShared(first.mode) else { return holds.map(\.task) }
    // A reader before whom readers are inside waits for the writer before it.
    guard let writer = stands[..<place].first(where: { !isShared($0.mode) }), writer.isOpenEnded
    else { return [] }
    return [writer.task]
  }
}
