/// The queue of round robin, first in, first out; its links are in the control blocks.
///
/// A table of the policy's own would have to be looked up, and checked for being shared, at each step; the block
/// of the task that runs is at hand anyway. Append, pop and removal from the middle are O(1).
struct ReadyQueue {
  private var head = Slot.none
  /// Means nothing while the queue is empty.
  private var tail = Slot.none

  /// The neighbours of a task; they mean nothing while it is in no queue.
  struct Links {
    var previous = Slot.none
    var next = Slot.none
  }

  /// Puts a task that stands in no queue at the tail.
  @inline(__always)
  mutating func append(_ slot: Slot, in tasks: borrowing TaskTable) {
    let last = tail
    tasks[slot].links = Links(previous: last, next: .none)
    if head == .none { head = slot } else { tasks[last].links.next = slot }
    tail = slot
  }

  /// Takes out the task at the head; nil when the queue is empty.
  @inline(__always)
  mutating func popFirst(in tasks: borrowing TaskTable) -> Slot? {
    let slot = head
    guard slot != .none else { return nil }
    head = tasks[slot].links.next
    return slot
  }

  /// Takes a task out, wherever it stands.
  mutating func remove(_ slot: Slot, in tasks: borrowing TaskTable) {
    let links = tasks[slot].links
    // The head's link back is not kept up: see `popFirst`.
    if slot == head {
      head = links.next
    } else {
      tasks[links.previous].links.next = links.next
    }
    if links.next == .none {
      tail = links.previous
    } else {
      tasks[links.next].links.previous = links.previous
    }
  }

  var isEmpty: Bool { head == .none }

  /// Visits the tasks, head first.
  @inline(__always)
  func forEach(in tasks: borrowing TaskTable, _ visit: (Slot) -> Void) {
    var slot = head
    while slot != .none {
      visit(slot)
      slot = tasks[slot].links.next
    }
  }

  /// The tasks, head first.
  func slots(in tasks: borrowing TaskTable) -> [Slot] {
    var result: [Slot] = []
    var slot = head
    while slot != .none {
      result.append(slot)
      slot = tasks[slot].links.next
    }
    return result
  }
}
