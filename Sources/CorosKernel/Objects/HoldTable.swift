/// Who holds which object: each hold is chained with the others of its task, newest first, and of its object.
///
/// Taking is O(1); giving back is O(1) for a task that gives back what it took last, and for an object with one
/// holder.
struct HoldTable {
  struct Hold {
    let slot: Slot
    let object: ObjectID
    let mode: UInt8
    let since: Tick
    /// How often the task had run when it was given the object; -1 when it took the object itself.
    let dispatches: Int
    fileprivate var olderOfTask = none
    fileprivate var newerOfTask = none
    fileprivate var olderOfObject = none
    fileprivate var newerOfObject = none

    init(slot: Slot, object: ObjectID, mode: UInt8, since: Tick, dispatches: Int) {
      self.slot = slot
      self.object = object
      self.mode = mode
      self.since = since
      self.dispatches = dispatches
    }
  }

  private static let none: Int32 = -1

  /// The holds of one object.
  struct Holders {
    fileprivate var newest = none
    fileprivate(set) var count = 0
  }

  private var holds: ContiguousArray<Hold> = []
  /// The place that became free last; the free ones are chained as the holds of a task are.
  private var free = none
  private var freeCount = 0
  /// The newest hold of each slot.
  private var newest: ContiguousArray<Int32> = []

  var isEmpty: Bool { holds.count == freeCount }

  /// Becomes the same as another table.
  mutating func become(_ other: HoldTable) {
    holds.become(other.holds)
    free = other.free
    freeCount = other.freeCount
    newest.become(other.newest)
  }

  /// Notes that a task holds an object from now on.
  mutating func insert(_ hold: Hold, _ holders: inout Holders) {
    while newest.count <= Int(hold.slot.index) { newest.append(Self.none) }
    var hold = hold
    hold.olderOfTask = newest[Int(hold.slot.index)]
    hold.olderOfObject = holders.newest
    var index = free
    if index == Self.none {
      index = Int32(truncatingIfNeeded: holds.count)
      holds.append(hold)
    } else {
      free = holds[Int(index)].olderOfTask
      freeCount -= 1
    }
    holds.withUnsafeMutableBufferPointer { holds in
      holds[Int(index)] = hold
      if hold.olderOfTask != Self.none { holds[Int(hold.olderOfTask)].newerOfTask = index }
      if hold.olderOfObject != Self.none { holds[Int(hold.olderOfObject)].newerOfObject = index }
    }
    newest[Int(hold.slot.index)] = index
    holders.newest = index
    holders.count += 1
  }

  /// Notes that a task holds an object no longer; nil when it did not.
  mutating func remove(_ slot: Slot, _ object: ObjectID, _ holders: inout Holders) -> Hold? {
    guard let index = index(of: slot, object, holders) else { return nil }
    let hold = holds[Int(index)]
    let formerlyFree = free
    holds.withUnsafeMutableBufferPointer { holds in
      if hold.olderOfTask != Self.none {
        holds[Int(hold.olderOfTask)].newerOfTask = hold.newerOfTask
      }
      if hold.newerOfTask != Self.none {
        holds[Int(hold.newerOfTask)].olderOfTask = hold.olderOfTask
      }
      if hold.olderOfObject != Self.none {
        holds[Int(hold.olderOfObject)].newerOfObject = hold.newerOfObject
      }
      if hold.newerOfObject != Self.none {
        holds[Int(hold.newerOfObject)].olderOfObject = hold.olderOfObject
      }
      holds[Int(index)].olderOfTask = formerlyFree
    }
    if hold.newerOfTask == Self.none { newest[Int(slot.index)] = hold.olderOfTask }
    if hold.newerOfObject == Self.none { holders.newest = hold.olderOfObject }
    holders.count -= 1
    free = index
    freeCount += 1
    return hold
  }

  /// How a task holds an object; nil when it does not.
  func hold(of slot: Slot, on object: ObjectID, _ holders: Holders) -> Hold? {
    index(of: slot, object, holders).map { holds[Int($0)] }
  }

  /// The hold that a task got last.
  func newestHold(of slot: Slot) -> Hold? {
    Int(slot.index) < newest.count && newest[Int(slot.index)] != Self.none
      ? holds[Int(newest[Int(slot.index)])] : nil
  }

  /// The newest of a task's holds that meets a condition.
  @inline(__always)
  func first(of slot: Slot, where condition: (Hold) -> Bool) -> Hold? {
    var index = Int(slot.index) < newest.count ? newest[Int(slot.index)] : Self.none
    while index != Self.none {
      if condition(holds[Int(index)]) { return holds[Int(index)] }
      index = holds[Int(index)].olderOfTask
    }
    return nil
  }

  /// The hold on an object that was got last.
  func newestHold(_ holders: Holders) -> Hold? {
    holders.newest == Self.none ? nil : holds[Int(holders.newest)]
  }

  /// The task that got an object last.
  @inline(__always)
  func newestSlot(_ holders: Holders) -> Slot? {
    holders.newest == Self.none ? nil : holds[Int(holders.newest)].slot
  }

  /// Visits the holds of a task, newest first.
  @inline(__always)
  func forEachHold(of slot: Slot, _ visit: (Hold) -> Void) {
    var index = Int(slot.index) < newest.count ? newest[Int(slot.index)] : Self.none
    while index != Self.none {
      visit(holds[Int(index)])
      index = holds[Int(index)].olderOfTask
    }
  }

  /// The holds of a task, newest first.
  func holds(of slot: Slot) -> [Hold] {
    Int(slot.index) < newest.count ? chain(from: newest[Int(slot.index)], \.olderOfTask) : []
  }

  /// The holds on an object, oldest first.
  func holds(_ holders: Holders) -> [Hold] {
    chain(from: holders.newest, \.olderOfObject).reversed()
  }

  private func chain(from index: Int32, _ next: KeyPath<Hold, Int32>) -> [Hold] {
    var result: [Hold] = []
    var index = index
    while index != Self.none {
      result.append(holds[Int(index)])
      index = holds[Int(index)][keyPath: next]
    }
    return result
  }

  /// Looks among the task's holds and the object's at the same time: one of the two is most often short.
  private func index(of slot: Slot, _ object: ObjectID, _ holders: Holders) -> Int32? {
    guard Int(slot.index) < newest.count else { return nil }
    var (own, others) = (newest[Int(slot.index)], holders.newest)
    // Most often the one hold is the object's and the task's newest.
    if own == others { return own == Self.none ? nil : own }
    while own != Self.none, others != Self.none {
      if holds[Int(own)].object == object { return own }
      if holds[Int(others)].slot == slot { return others }
      own = holds[Int(own)].olderOfTask
      others = holds[Int(others)].olderOfObject
    }
    return nil
  }
}
