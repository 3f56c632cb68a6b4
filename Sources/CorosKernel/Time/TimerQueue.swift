import HeapModule

/// The tasks that time will wake, earliest deadline first, and in order of arming among equals.
///
/// A timer is cancelled by forgetting its number in the task; what is left in the heap is stale and is
/// dropped when it surfaces, or all at once when stale entries outnumber the armed ones. So arming costs
/// O(log n), cancelling O(1) amortised, and no cancelled timer ever moves the clock.
struct TimerQueue {
  /// Names one arming of one timer; never used twice.
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
  /// The timers armed and not yet expired or cancelled.
  private(set) var armedCount = 0

  /// Arms a timer for the task in `slot`.
  mutating func arm(_ slot: Slot, at deadline: Tick) -> Number {
    lastNumber += 1
    armedCount += 1
    heap.insert(Entry(deadline: deadline, number: lastNumber, slot: slot))
    return lastNumber
  }

  /// Notes that a timer has done its work or is no longer wanted; the task has forgotten its number.
  ///
  /// - Parameter isArmed: whether the task in a slot still holds a number, for the clean-up.
  mutating func noteDisarmed(isArmed: (Slot, Number) -> Bool) {
    armedCount -= 1
    let compactionFloor = 64
    if heap.count > 2 * armedCount + compactionFloor {
      heap = Heap(heap.unordered.filter { isArmed($0.slot, $0.number) })
    }
  }

  /// The armed timer with the earliest deadline, dropping stale entries on the way.
  mutating func earliest(isArmed: (Slot, Number) -> Bool) -> (slot: Slot, deadline: Tick)? {
    while let entry = heap.min {
      if isArmed(entry.slot, entry.number) { return (entry.slot, entry.deadline) }
      heap.removeMin()
    }
    return nil
  }
}
