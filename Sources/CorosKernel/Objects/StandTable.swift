/// The places in the queues of objects: who stands where, and what for.
///
/// A waiting task has one ticket, and may stand in several queues with it: its places are chained, too, so that
/// all end together. A queue is in the order in which the tasks came. Where a policy serves them by priority, each
/// queue is also a heap for each purpose. Every operation is O(1) a place, with heaps O(log n).
struct StandTable {
  struct Stand {
    let slot: Slot
    let object: ObjectID
    let mode: UInt8
    let alternative: Int32
    /// Whether the task waits for others at the same time.
    let isOneOfSeveral: Bool
    /// Counts places in the order in which they were taken.
    fileprivate(set) var number = 0
    /// The priority of the task, where that counts.
    fileprivate(set) var priority = 0
    fileprivate(set) var previous: Index = .none
    fileprivate(set) var next: Index = .none
    /// The next place of the same task.
    fileprivate var sibling: Index = .none
    /// Where it is in the heap of its queue.
    fileprivate var rank = 0

    fileprivate func goesBefore(_ other: Stand) -> Bool {
      priority == other.priority ? number < other.number : priority > other.priority
    }
  }

  /// The number of a place, reused when the place is free.
  struct Index: Equatable {
    fileprivate let number: Int32
    static let none = Index(number: -1)
  }

  /// The queue of one object.
  struct Queue {
    fileprivate(set) var head = Index.none
    var isEmpty: Bool { head == .none }
    fileprivate var tail = Index.none
    fileprivate(set) var count = 0
    /// The same by priority, for each purpose; empty where priorities do not count.
    fileprivate var heaps: ContiguousArray<Heap> = []

    /// Becomes the same as another queue.
    mutating func become(_ other: Queue) {
      head = other.head
      tail = other.tail
      count = other.count
      renew(&heaps, from: other.heaps)
    }
  }

  fileprivate struct Heap {
    let mode: UInt8
    var items: ContiguousArray<Index> = []
  }

  private var stands: ContiguousArray<Stand> = []
  /// The place that became free last; the free ones are chained.
  private var free = Index.none
  /// The first place of each slot.
  private var firsts: ContiguousArray<Index> = []
  private var lastNumber = 0

  subscript(index: Index) -> Stand {
    @inline(__always) _read { yield stands[Int(index.number)] }
  }

  /// Becomes the same as another table.
  mutating func become(_ other: StandTable) {
    stands.become(other.stands)
    free = other.free
    firsts.become(other.firsts)
    lastNumber = other.lastNumber
  }

  /// Puts a task at the tail of a queue; it may stand in others already.
  ///
  /// The priority is that of the task, nil where priorities do not count.
  mutating func append(
    _ slot: Slot,
    to queue: inout Queue,
    of object: ObjectID,
    mode: UInt8,
    alternative: Int,
    isOneOfSeveral: Bool,
    priority: Int?
  ) {
    while firsts.count <= Int(slot.index) { firsts.append(.none) }
    lastNumber += 1
    var stand = Stand(
      slot: slot,
      object: object,
      mode: mode,
      alternative: Int32(truncatingIfNeeded: alternative),
      isOneOfSeveral: isOneOfSeveral
    )
    stand.number = lastNumber
    stand.previous = queue.tail
    stand.sibling = firsts[Int(slot.index)]
    let index = insert(stand, behind: queue.tail)
    if queue.tail == .none { queue.head = index }
    queue.tail = index
    queue.count += 1
    firsts[Int(slot.index)] = index
    if let priority { rank(index, in: &queue, priority) }
  }

  /// The first of a task's places.
  func first(of slot: Slot) -> Index {
    Int(slot.index) < firsts.count ? firsts[Int(slot.index)] : .none
  }

  /// The place of the same task that was taken before.
  func sibling(of index: Index) -> Index { self[index].sibling }

  /// Takes the first of a task's places out of the queue that it is in.
  mutating func removeFirst(of slot: Slot, from queue: inout Queue) {
    let index = firsts[Int(slot.index)]
    if !queue.heaps.isEmpty { unrank(index, in: &queue) }
    let formerlyFree = free
    free = index
    firsts[Int(slot.index)] = stands.withUnsafeMutableBufferPointer { stands in
      let place = Int(index.number)
      let (previous, next) = (stands[place].previous, stands[place].next)
      if previous == .none {
        queue.head = next
      } else {
        stands[Int(previous.number)].next = next
      }
      if next == .none {
        queue.tail = previous
      } else {
        stands[Int(next.number)].previous = previous
      }
      stands[place].next = formerlyFree
      return stands[place].sibling
    }
    queue.count -= 1
  }

  /// The place that is served first, for a purpose if one is given; O(1), without heaps O(n) for a purpose.
  ///
  /// `Index.none` when there is none.
  @inline(__always)
  func first(in queue: Queue, for mode: UInt8?) -> Index {
    if _slowPath(!queue.heaps.isEmpty) { return firstByPriority(in: queue, for: mode) }
    guard let mode else { return queue.head }
    var index = queue.head
    while index != .none, stands[Int(index.number)].mode != mode {
      index = stands[Int(index.number)].next
    }
    return index
  }

  private func firstByPriority(in queue: Queue, for mode: UInt8?) -> Index {
    queue.heaps.lazy.filter { mode == nil || $0.mode == mode }
      .compactMap(\.items.first).min { self[$0].goesBefore(self[$1]) } ?? .none
  }

  /// The places of a queue, in the order in which they are served; O(n), with priorities O(n log n).
  func stands(in queue: Queue) -> [Stand] {
    var result: [Stand] = []
    var index = queue.head
    while index != .none {
      result.append(self[index])
      index = self[index].next
    }
    return queue.heaps.isEmpty ? result : result.sorted { $0.goesBefore($1) }
  }

  @inline(__always)
  private mutating func insert(_ stand: Stand, behind last: Index) -> Index {
    var index = free
    if index == .none {
      index = Index(number: Int32(truncatingIfNeeded: stands.count))
      stands.append(stand)
    } else {
      free = stands[Int(index.number)].next
    }
    stands.withUnsafeMutableBufferPointer { stands in
      stands[Int(index.number)] = stand
      if last != .none { stands[Int(last.number)].next = index }
    }
    return index
  }

  // MARK: Priorities

  /// Has priorities count in a queue from now on.
  mutating func rankAll(in queue: inout Queue, _ priority: (Slot) -> Int) {
    queue.heaps = []
    var index = queue.head
    while index != .none {
      rank(index, in: &queue, priority(self[index].slot))
      index = self[index].next
    }
  }

  /// Has only the order of coming count in a queue from now on.
  mutating func unrankAll(in queue: inout Queue) { queue.heaps = [] }

  /// Moves a place in the heap of its queue, since its task's priority has changed.
  mutating func change(_ index: Index, to priority: Int, in queue: inout Queue) {
    stands[Int(index.number)].priority = priority
    let heap = heapIndex(of: self[index].mode, in: &queue)
    siftUp(self[index].rank, &queue.heaps[heap].items)
    siftDown(self[index].rank, &queue.heaps[heap].items)
  }

  private mutating func rank(_ index: Index, in queue: inout Queue, _ priority: Int) {
    let heap = heapIndex(of: self[index].mode, in: &queue)
    stands[Int(index.number)].priority = priority
    stands[Int(index.number)].rank = queue.heaps[heap].items.count
    queue.heaps[heap].items.append(index)
    siftUp(self[index].rank, &queue.heaps[heap].items)
  }

  private mutating func unrank(_ index: Index, in queue: inout Queue) {
    let heap = heapIndex(of: self[index].mode, in: &queue)
    let hole = self[index].rank
    let last = queue.heaps[heap].items.removeLast()
    guard last != index else { return }
    queue.heaps[heap].items[hole] = last
    stands[Int(last.number)].rank = hole
    siftUp(hole, &queue.heaps[heap].items)
    siftDown(self[last].rank, &queue.heaps[heap].items)
  }

  private func heapIndex(of mode: UInt8, in queue: inout Queue) -> Int {
    if let known = queue.heaps.firstIndex(where: { $0.mode == mode }) { return known }
    queue.heaps.append(Heap(mode: mode))
    return queue.heaps.count - 1
  }

  private mutating func siftUp(_ start: Int, _ items: inout ContiguousArray<Index>) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard self[items[child]].goesBefore(self[items[parent]]) else { return }
      swap(child, parent, &items)
      child = parent
    }
  }

  private mutating func siftDown(_ start: Int, _ items: inout ContiguousArray<Index>) {
    var parent = start
    while true {
      var first = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < items.count && self[items[child]].goesBefore(self[items[first]]) {
        first = child
      }
      if first == parent { return }
      swap(parent, first, &items)
      parent = first
    }
  }

  private mutating func swap(_ one: Int, _ other: Int, _ items: inout ContiguousArray<Index>) {
    items.swapAt(one, other)
    stands[Int(items[one].number)].rank = one
    stands[Int(items[other].number)].rank = other
  }
}
