import HeapModule

/// The tasks that time will wake, earliest deadline first, and in the order of arming among equals.
///
/// A timer is cancelled by forgetting its number in the task. The stale entry that is left in the heap is
/// dropped when it surfaces, or with all others when they outnumber the armed ones. So arming costs O(log n),
/// cancelling O(1) amortised, and no cancelled timer ever moves the clock.
struct TimerQueue {
  /// Names one arming of one timer; never reused.
  typealias Number = Int

  private struct Entry: Comparable {
    let deadline: Tick
    let number: Number
    let slot: Slot

    static func < (left: Entry, right: Entry) -> Bool {
      (left.deadline, left.number) < (right.deadline, right.number)
    }
  }

  private var heap = Heap<Entry>()
  private var lastNumber: Number = 0
  /// How many timers are armed, and have neither expired nor been cancelled.
  private(set) var armedCount = 0

  /// Arms a timer for the task in `slot`.
  mutating func arm(_ slot: Slot, at deadline: Tick) -> Number {
    lastNumber += 1
    armedCount += 1
    heap.insert(Entry(deadline: deadline, number: lastNumber, slot: slot))
    return lastNumber
  }

  /// Notes that a timer has expired or is cancelled; its task has forgotten its number.
  ///
  /// - Parameter holders: the tasks, for the clean-up.
  mutating func noteDisarmed(in holders: borrowing some TimerHolders & ~Copyable) {
    armedCount -= 1
    let compactionFloor = 64
    if heap.count > 2 * armedCount + compactionFloor {
      var armed: [Entry] = []
      for entry in heap.unordered where holders.holds(entry.number, in: entry.slot) {
        armed.append(entry)
      }
      heap = Heap(armed)
    }
  }

  /// Takes out the armed timer with the earliest deadline, if that has come.
  ///
  /// For copies that look ahead: the task still holds the number.
  mutating func takeExpired(
    in holders: borrowing some TimerHolders & ~Copyable,
    at now: Tick
  ) -> (slot: Slot, number: Number)? {
    guard let (slot, deadline, number) = earliest(in: holders), deadline <= now else { return nil }
    heap.removeMin()
    armedCount -= 1
    return (slot, number)
  }

  /// Becomes the same as another queue.
  mutating func become(_ other: TimerQueue) {
    renew(&heap, from: other.heap)
    lastNumber = other.lastNumber
    armedCount = other.armedCount
  }

  /// When an armed timer will expire; O(n), for explorers that compare states.
  func deadline(of number: Number) -> Tick? {
    heap.unordered.first { $0.number == number }?.deadline
  }

  /// The armed timer with the earliest deadline, dropping stale entries on the way; nil when none is armed.
  ///
  /// - Parameter holders: the tasks.
  /// - Returns: the task's slot, the deadline, and the timer's number.
  mutating func earliest(
    in holders: borrowing some TimerHolders & ~Copyable
  ) -> (slot: Slot, deadline: Tick, number: Number)? {
    guard armedCount > 0 else { return nil }
    while let entry = heap.min {
      if holders.holds(entry.number, in: entry.slot) {
        return (entry.slot, entry.deadline, entry.number)
      }
      heap.removeMin()
    }
    return nil
  }
}

/// The tasks whose timers a queue holds: they know the numbers of the armed ones.
protocol TimerHolders: ~Copyable {
  /// Whether the task in a slot still holds a timer's number.
  func holds(_ timer: TimerQueue.Number, in slot: Slot) -> Bool
}
