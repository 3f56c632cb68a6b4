/// The places in the queues of objects: who stands where, and what for.
///
/// A waiting task has one ticket, and may stand in several queues with it: its places are chained, too, so that
/// all end together. Every operation is O(1) a place.
struct StandTable {
  struct Stand {
    let slot: Slot
    let object: ObjectID
    let mode: UInt8
    let alternative: Int32
    fileprivate(set) var previous: Index = .none
    fileprivate(set) var next: Index = .none
    /// The next place of the same task.
    fileprivate var sibling: Index = .none
  }

  /// The number of a place, reused when the place is free.
  struct Index: Equatable {
    fileprivate let number: Int32
    static let none = Index(number: -1)
  }

  /// The queue of one object.
  struct Queue {
    fileprivate(set) var head = Index.none
    fileprivate var tail = Index.none
    fileprivate(set) var count = 0
  }

  private var stands: ContiguousArray<Stand> = []
  private var free: ContiguousArray<Index> = []
  /// The first place of each slot.
  private var firsts: ContiguousArray<Index> = []

  subscript(index: Index) -> Stand { stands[Int(index.number)] }

  /// Puts a task at the tail of a queue; it may stand in others already.
  mutating func append(
    _ slot: Slot,
    to queue: inout Queue,
    of object: ObjectID,
    mode: UInt8,
    alternative: Int
  ) {
    while firsts.count <= Int(slot.index) { firsts.append(.none) }
    var stand = Stand(
      slot: slot,
      object: object,
      mode: mode,
      alternative: Int32(truncatingIfNeeded: alternative)
    )
    stand.previous = queue.tail
    stand.sibling = firsts[Int(slot.index)]
    let index = insert(stand)
    if queue.tail == .none {
      queue.head = index
    } else {
      stands[Int(queue.tail.number)].next = index
    }
    queue.tail = index
    queue.count += 1
    firsts[Int(slot.index)] = index
  }

  /// The first of a task's places.
  func first(of slot: Slot) -> Index {
    Int(slot.index) < firsts.count ? firsts[Int(slot.index)] : .none
  }

  /// Takes the first of a task's places out of the queue that it is in.
  mutating func removeFirst(of slot: Slot, from queue: inout Queue) {
    let index = firsts[Int(slot.index)]
    let stand = self[index]
    firsts[Int(slot.index)] = stand.sibling
    if stand.previous == .none {
      queue.head = stand.next
    } else {
      stands[Int(stand.previous.number)].next = stand.next
    }
    if stand.next == .none {
      queue.tail = stand.previous
    } else {
      stands[Int(stand.next.number)].previous = stand.previous
    }
    queue.count -= 1
    free.append(index)
  }

  /// The places of a queue, first first; O(n).
  func stands(in queue: Queue) -> [Stand] {
    var result: [Stand] = []
    var index = queue.head
    while index != .none {
      result.append(self[index])
      index = self[index].next
    }
    return result
  }

  private mutating func insert(_ stand: Stand) -> Index {
    if let index = free.popLast() {
      stands[Int(index.number)] = stand
      return index
    }
    stands.append(stand)
    return Index(number: Int32(truncatingIfNeeded: stands.count - 1))
  }
}
