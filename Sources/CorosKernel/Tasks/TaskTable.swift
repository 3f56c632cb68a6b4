#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The control blocks of all live tasks, by slot: the one place where the kernel keeps memory of its own.
///
/// An array would check at each access that it is not shared and not out of bounds, a dozen times in a step;
/// this memory has one owner, and slots come only from `insert`. Debug builds check at every access that the
/// slot is in use. A slot that comes back from a policy is checked with `isTaken` in every build.
///
/// Blocks are changed in place through `subscript`; nothing may be inserted meanwhile.
struct TaskTable: ~Copyable, TimerHolders {
  private var blocks: UnsafeMutablePointer<TaskControlBlock>
  private var capacity: Int
  /// How many slots have been handed out, in use or free again.
  private(set) var count = 0
  private var freeSlots: ContiguousArray<Slot> = []
  /// What is to be done at certain ticks, whatever tasks there are.
  var alarms = AlarmTable()

  init(capacity: Int = 16) {
    self.capacity = max(1, capacity)
    blocks = Self.resized(nil, to: self.capacity)
  }

  deinit {
    blocks.deinitialize(count: count)
    free(blocks)
  }

  /// The block in a slot that `insert` returned.
  @inline(__always)
  subscript(slot: Slot) -> TaskControlBlock {
    @inline(__always) unsafeAddress { UnsafePointer(address(of: slot)) }
    @inline(__always) nonmutating unsafeMutableAddress { address(of: slot) }
  }

  /// The address of a slot's block, until the next `insert`.
  @inline(__always)
  func address(of slot: Slot) -> UnsafeMutablePointer<TaskControlBlock> {
    assert(slot.index >= 0 && Int(slot.index) < count, "no such slot")
    assert(blocks[Int(slot.index)].phase != .gone, "a slot was used whose task is gone")
    return blocks + Int(slot.index)
  }

  /// Whether a slot, which may be any number at all, is in use.
  @inline(__always)
  func isTaken(_ slot: Slot) -> Bool {
    slot.index >= 0 && Int(slot.index) < count && blocks[Int(slot.index)].phase != .gone
  }

  /// Whether the policy has the task in a slot in its hands; false when it has ended.
  @inline(__always)
  func isQueued(_ slot: Slot) -> Bool {
    assert(slot.index >= 0 && Int(slot.index) < count, "no such slot")
    return blocks[Int(slot.index)].phase == .queued
  }

  /// Whether the task in a slot waits; false when it has ended.
  func isWaiting(_ slot: Slot) -> Bool { isTaken(slot) && self[slot].isWaiting }

  /// The ticket of the task in a slot; nil when it does not wait, or has ended.
  func wait(in slot: Slot) -> Wait? {
    isTaken(slot) ? self[slot].wait : nil
  }

  func holds(_ timer: TimerQueue.Number, in slot: Slot) -> Bool {
    wait(in: slot)?.timer == timer || (isTaken(slot) && self[slot].scopes.holds(timer))
      || alarms.holds(timer, in: slot)
  }

  /// Puts a block into a free slot, in O(1) amortised.
  mutating func insert(_ block: consuming TaskControlBlock) -> Slot {
    if let slot = freeSlots.popLast() {
      // Free slots own nothing, so there is nothing to destroy.
      (blocks + Int(slot.index)).initialize(to: consume block)
      return slot
    }
    if count == capacity { grow() }
    (blocks + count).initialize(to: consume block)
    count += 1
    return Slot(count - 1)
  }

  /// Lets a slot be used again.
  mutating func remove(_ slot: Slot) {
    self[slot].clear()
    freeSlots.append(slot)
  }

  /// A table of its own with the same tasks.
  func copy() -> TaskTable {
    var copy = TaskTable(capacity: count)
    for index in 0..<count { (copy.blocks + index).initialize(to: blocks[index].copied()) }
    copy.count = count
    copy.freeSlots = freeSlots
    copy.alarms = alarms
    return copy
  }

  /// Becomes the same as another table, in the memory that it has.
  mutating func become(_ other: borrowing TaskTable) {
    if capacity < other.count {
      capacity = other.count
      blocks = Self.resized(blocks, to: capacity)
    }
    for index in 0..<min(count, other.count) { blocks[index].become(other.blocks[index]) }
    if count > other.count {
      (blocks + other.count).deinitialize(count: count - other.count)
    } else {
      for index in count..<other.count {
        (blocks + index).initialize(to: other.blocks[index].copied())
      }
    }
    count = other.count
    freeSlots.become(other.freeSlots)
    if !(alarms.isEmpty && other.alarms.isEmpty) { alarms = other.alarms }
  }

  private mutating func grow() {
    capacity *= 2
    blocks = Self.resized(blocks, to: capacity)
  }

  /// Moves blocks as bytes, which Swift allows for any value: a large table then moves with its pages, and no
  /// byte of it is touched.
  private static func resized(
    _ blocks: UnsafeMutablePointer<TaskControlBlock>?,
    to capacity: Int
  ) -> UnsafeMutablePointer<TaskControlBlock> {
    guard let moved = realloc(blocks, capacity * MemoryLayout<TaskControlBlock>.stride) else {
      preconditionFailure("no memory is left for \(capacity) tasks")
    }
    return moved.bindMemory(to: TaskControlBlock.self, capacity: capacity)
  }
}
