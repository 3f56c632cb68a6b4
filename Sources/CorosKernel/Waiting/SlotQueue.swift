/// A first-in first-out queue of slots whose links live in a `LinkTable`.
///
/// A task has one pair of links per table, so it can stand in at most one of the queues that share the
/// table. Append, pop and removal from the middle are O(1).
struct SlotQueue {
  fileprivate(set) var head = Slot.none
  /// Meaningless while the queue is empty.
  fileprivate(set) var tail = Slot.none

  var isEmpty: Bool { head == .none }
}

/// The links that chain slots into queues.
struct LinkTable {
  private struct Links {
    var previous = Slot.none
    var next = Slot.none
  }

  private var links = ContiguousArray<Links>()

  /// Puts a slot that stands in no queue of this table at the tail.
  @inline(__always)
  mutating func append(_ slot: Slot, to queue: inout SlotQueue) {
    if links.count <= Int(slot.index) { reserve(slot) }
    let last = queue.tail
    links.withUnsafeMutableBufferPointer { links in
      links[Int(slot.index)] = Links(previous: last, next: .none)
      if queue.head != .none { links[Int(last.index)].next = slot }
    }
    if queue.head == .none { queue.head = slot }
    queue.tail = slot
  }

  /// Puts a slot that stands in no queue of this table at the head.
  mutating func prepend(_ slot: Slot, to queue: inout SlotQueue) {
    if links.count <= Int(slot.index) { reserve(slot) }
    links[Int(slot.index)] = Links(previous: .none, next: queue.head)
    if queue.head == .none {
      queue.tail = slot
    } else {
      links[Int(queue.head.index)].previous = slot
    }
    queue.head = slot
  }

  /// Moves all of a queue to the tail of another of this table, in O(1).
  mutating func move(_ source: inout SlotQueue, to queue: inout SlotQueue) {
    guard !source.isEmpty else { return }
    if queue.isEmpty {
      queue = source
    } else {
      links[Int(queue.tail.index)].next = source.head
      links[Int(source.head.index)].previous = queue.tail
      queue.tail = source.tail
    }
    source = SlotQueue()
  }

  /// Takes a slot out of the queue it stands in, wherever in the queue it is.
  mutating func remove(_ slot: Slot, from queue: inout SlotQueue) {
    let link = links[Int(slot.index)]
    // The head's link back is not kept up: see `popFirst`.
    let isHead = slot == queue.head
    if isHead {
      queue.head = link.next
    } else {
      links[Int(link.previous.index)].next = link.next
    }
    if link.next == .none {
      queue.tail = link.previous
    } else {
      links[Int(link.next.index)].previous = link.previous
    }
  }

  /// Takes out the slot at the head.
  @inline(__always)
  mutating func popFirst(from queue: inout SlotQueue) -> Slot? {
    let slot = queue.head
    guard slot != .none else { return nil }
    queue.head = links.withUnsafeBufferPointer { $0[Int(slot.index)].next }
    return slot
  }

  /// The slots of a queue, head first.
  func slots(of queue: SlotQueue) -> [Slot] {
    var result: [Slot] = []
    var slot = queue.head
    while slot != .none {
      result.append(slot)
      slot = links[Int(slot.index)].next
    }
    return result
  }

  /// Becomes the same as another table.
  mutating func become(_ other: LinkTable) { links.become(other.links) }

  private mutating func reserve(_ slot: Slot) {
    while links.count <= Int(slot.index) { links.append(Links()) }
  }
}
