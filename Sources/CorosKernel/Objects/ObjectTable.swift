/// The objects of a machine, with their names, queues, holders and bonds.
///
/// A value: a copy shares memory with the original until one of the two changes.
struct ObjectTable {
  struct Record {
    let id: ObjectID
    fileprivate(set) var box: ObjectBox
    let name: String
    let isLock: Bool
    let isFedByWorld: Bool
    /// Who made it; the operator's objects are those that were there before.
    let maker: TaskID
    let birth: Tick
    var queue = StandTable.Queue()
    var holders = HoldTable.Holders()
    /// The tasks whose ends the object is told of.
    var bonds = HoldTable.Holders()

    /// Becomes the same as the record of the same object in another copy of the machine.
    fileprivate mutating func become(_ other: Record) {
      renew(&box, from: other.box)
      queue.become(other.queue)
      holders = other.holders
      bonds = other.bonds
    }
  }

  /// Stands where an object was.
  private struct Gone: KernelObject {}

  private struct Key: Hashable {
    let kind: String
    let name: String
  }

  private var records: ContiguousArray<Record> = []
  private var free: ContiguousArray<Int> = []
  private(set) var count = 0
  /// How many places in queues are for something that the world brings.
  private(set) var worldWaits = 0
  private var lastNumber = 0
  private(set) var stands = StandTable()
  private(set) var holds = HoldTable()
  private(set) var bonds = HoldTable()
  private(set) var priorities = WaiterPriorities()
  private var byName: [Key: ObjectID] = [:]
  private var counts: [String: Int] = [:]

  /// An object that there is.
  private(set) subscript(id: ObjectID) -> Record {
    _read { yield records[id.index] }
    _modify { yield &records[id.index] }
  }

  @inline(__always)
  func contains(_ id: ObjectID) -> Bool {
    // As an unsigned number, a negative index is beyond the end: one comparison for both.
    UInt(bitPattern: id.index) < UInt(bitPattern: records.count) && records[id.index].id == id
  }

  /// Whether no task waits for an object.
  @inline(__always)
  func isQueueEmpty(of id: ObjectID) -> Bool { records[id.index].queue.isEmpty }

  /// All objects, in the order in which they were made; O(n log n).
  var ids: [ObjectID] { records.map(\.id).filter { $0 != .gone }.sorted() }

  /// Visits the objects by their places.
  @inline(__always)
  func forEach(_ visit: (Record) -> Void) {
    for index in records.indices where records[index].id != .gone { visit(records[index]) }
  }

  /// How many objects there have ever been.
  var everMade: Int { lastNumber }

  /// Becomes the same as another table.
  mutating func become(_ other: ObjectTable) {
    becomeRecords(of: other)
    free.become(other.free)
    count = other.count
    worldWaits = other.worldWaits
    lastNumber = other.lastNumber
    stands.become(other.stands)
    holds.become(other.holds)
    bonds.become(other.bonds)
    priorities.become(other.priorities)
    renew(&byName, from: other.byName)
    renew(&counts, from: other.counts)
  }

  /// Where both have the same few objects, only what changes is copied: to take the whole array would count a reference
  /// to each name and each value as soon as one of them changes.
  private mutating func becomeRecords(of other: ObjectTable) {
    if isSameMemory(records, other.records) { return }
    let most = 32
    // Objects that are made or removed change the table of names.
    guard isSameMemory(byName, other.byName), lastNumber == other.lastNumber,
      records.count == other.records.count, records.count <= most
    else {
      records = other.records
      return
    }
    for index in records.indices { records[index].become(other.records[index]) }
  }

  // MARK: Making

  func find(kind: String, name: String) -> ObjectID? { byName[Key(kind: kind, name: name)] }

  /// Makes an object; without a name it is called by its kind and its number within that, and a name that is taken
  /// gets a number.
  mutating func make(
    _ value: some KernelObject,
    named name: String?,
    by maker: TaskID,
    at now: Tick
  )
    -> ObjectID
  {
    let kind = type(of: value).kind
    counts[kind, default: 0] += 1
    let name = name.map { unused($0, kind) } ?? unusedName(kind)
    lastNumber += 1
    let index = free.popLast() ?? records.count
    let id = ObjectID(number: lastNumber, index: index)
    let record = Record(
      id: id,
      box: TypedObjectBox(value),
      name: name,
      isLock: type(of: value).isLock,
      isFedByWorld: type(of: value).isFedByWorld,
      maker: maker,
      birth: now
    )
    if index < records.count { records[index] = record } else { records.append(record) }
    count += 1
    byName[Key(kind: kind, name: name)] = id
    return id
  }

  private func unused(_ name: String, _ kind: String) -> String {
    byName[Key(kind: kind, name: name)] == nil ? name : numbered(name, from: 2, kind)
  }

  private func unusedName(_ kind: String) -> String {
    numbered(kind, from: counts[kind, default: 0], kind)
  }

  private func numbered(_ name: String, from first: Int, _ kind: String) -> String {
    var number = first
    while byName[Key(kind: kind, name: "\(name) \(number)")] != nil { number += 1 }
    return "\(name) \(number)"
  }

  /// Forgets an object for which no task waits and which none holds; its number is not used again.
  mutating func remove(_ id: ObjectID) {
    let record = self[id]
    for bond in bonds.holds(record.bonds) { _ = unbind(id, from: bond.slot) }
    byName[Key(kind: record.box.type.kind, name: record.name)] = nil
    records[id.index] = Record(
      id: .gone,
      box: TypedObjectBox(Gone()),
      name: "",
      isLock: false,
      isFedByWorld: false,
      maker: .operator,
      birth: 0
    )
    free.append(id.index)
    count -= 1
  }

  // MARK: Values

  /// The box of an object, which no copy of the machine shares.
  @inline(__always)
  mutating func writableBox(_ id: ObjectID) -> Unmanaged<ObjectBox> {
    records.withUnsafeMutableBufferPointer { records in
      if _slowPath(!isKnownUniquelyReferenced(&records[id.index].box)) {
        records[id.index].box = records[id.index].box.copied()
      }
      return .passUnretained(records[id.index].box)
    }
  }

  // MARK: Queues

  mutating func append(
    _ slot: Slot,
    to object: ObjectID,
    for mode: UInt8,
    alternative: Int = 0,
    isOneOfSeveral: Bool = false
  ) {
    let priority = priorities.matter ? priorities.effective(of: slot) : nil
    stands.append(
      slot,
      to: &records[object.index].queue,
      of: object,
      mode: mode,
      alternative: alternative,
      isOneOfSeveral: isOneOfSeveral,
      priority: priority
    )
    if records[object.index].isFedByWorld { worldWaits += 1 }
    if let holders = debtors(of: object) { raise(holders) }
  }

  /// Takes a task out of all queues of objects.
  mutating func withdraw(_ slot: Slot) {
    while stands.first(of: slot) != .none {
      let object = stands[stands.first(of: slot)].object
      stands.removeFirst(of: slot, from: &records[object.index].queue)
      if records[object.index].isFedByWorld { worldWaits -= 1 }
      if let holders = debtors(of: object) { recompute(holders) }
    }
  }

  /// The place in an object's queue that is served first, for a purpose if one is given.
  func first(in id: ObjectID, for mode: UInt8?) -> StandTable.Stand? {
    let index = firstIndex(in: id, for: mode)
    return index == .none ? nil : stands[index]
  }

  /// The same by its number, or by that of none.
  @inline(__always)
  func firstIndex(in id: ObjectID, for mode: UInt8?) -> StandTable.Index {
    stands.first(in: records[id.index].queue, for: mode)
  }

  /// Whether a task that does not wait has a higher priority than all who wait for an object, where that counts.
  func goesFirst(_ slot: Slot, on id: ObjectID) -> Bool {
    guard priorities.matter, let first = first(in: id, for: nil) else { return false }
    return priorities.effective(of: slot) > priorities.effective(of: first.slot)
  }

  // MARK: Holders

  @inline(__always)
  mutating func hold(_ hold: HoldTable.Hold) {
    holds.insert(hold, &records[hold.object.index].holders)
    if priorities.areLent { raise([hold.slot]) }
  }

  @inline(__always)
  mutating func release(_ id: ObjectID, by slot: Slot) -> HoldTable.Hold? {
    let hold = holds.remove(slot, id, &records[id.index].holders)
    if priorities.areLent, hold != nil { recompute([slot]) }
    return hold
  }

  /// The task that got an object last and holds it.
  @inline(__always)
  func newestHolder(of id: ObjectID) -> Slot? {
    holds.newestSlot(records[id.index].holders)
  }

  func hold(of slot: Slot, on id: ObjectID) -> HoldTable.Hold? {
    holds.hold(of: slot, on: id, self[id].holders)
  }

  // MARK: Bonds

  mutating func bind(_ bond: HoldTable.Hold) {
    bonds.insert(bond, &records[bond.object.index].bonds)
  }

  mutating func unbind(_ id: ObjectID, from slot: Slot) -> HoldTable.Hold? {
    bonds.remove(slot, id, &records[id.index].bonds)
  }

  /// The object that a task was bound to last, of those of a certain type.
  @inline(__always)
  func bound(to slot: Slot, _ isWanted: (any KernelObject.Type) -> Bool) -> ObjectID? {
    bonds.first(of: slot) { isWanted(self[$0.object].box.type) }?.object
  }

  /// The object that takes the lines which a task writes; nil when there is none.
  @inline(__always)
  func outlet(of slot: Slot) -> ObjectID? {
    bonds.isEmpty
      ? nil : bonds.first(of: slot) { self[$0.object].box.type.takesOutput($0.mode) }?.object
  }

  // MARK: Priorities

  /// Says by what waiters are served from now on, with the priorities of all live tasks.
  mutating func serve(by order: WaiterOrder, _ tasks: [(slot: Slot, priority: Int)]) {
    priorities = WaiterPriorities(order, tasks)
    for index in records.indices {
      if priorities.matter {
        stands.rankAll(in: &records[index].queue) { priorities.effective(of: $0) }
      } else {
        stands.unrankAll(in: &records[index].queue)
      }
    }
    if priorities.areLent { raise(tasks.map(\.slot)) }
  }

  /// Notes a task's own priority.
  mutating func setPriority(of slot: Slot, to priority: Int) {
    guard priorities.matter else { return }
    priorities.setOwn(priority, of: slot)
    recompute([slot])
  }

  /// Forgets a task's priority: it has ended.
  mutating func forgetPriority(of slot: Slot) {
    if priorities.matter { priorities.forget(slot) }
  }

  /// The tasks whose priorities have changed since this was asked last.
  mutating func takeChangedPriorities() -> [Slot] { priorities.takeChanged() }

  /// The holders of an object to whom its waiters lend; nil when none do.
  @inline(__always)
  private func debtors(of id: ObjectID) -> [Slot]? {
    guard priorities.areLent, self[id].isLock else { return nil }
    return holds.holds(self[id].holders).map(\.slot)
  }

  /// Works out the priorities of tasks to whom a waiter has come, or a lock.
  ///
  /// A task has the highest of its own and of those that wait for what it holds. What rises is passed on along the
  /// waits, and stops where it makes no difference: so circles end.
  private mutating func raise(_ slots: [Slot]) {
    var open = slots
    while let slot = open.popLast() {
      let priority = definedPriority(of: slot)
      if priority == priorities.effective(of: slot) { continue }
      setEffective(priority, of: slot)
      open += debtors(of: slot)
    }
  }

  /// Works out the priorities of tasks from whom a waiter has gone, or a lock.
  ///
  /// What was lent is taken from all along the waits first: else the tasks of a circle would lend each other what none
  /// of them has.
  private mutating func recompute(_ slots: [Slot]) {
    var open = slots
    for slot in slots {
      let chain = chain(from: slot)
      for task in chain { setEffective(priorities.own(of: task), of: task) }
      open += chain
    }
    raise(open)
  }

  /// What a task's priority is, going by the present ones of those that wait.
  private func definedPriority(of slot: Slot) -> Int {
    var result = priorities.own(of: slot)
    guard priorities.areLent else { return result }
    for hold in holds.holds(of: slot) where self[hold.object].isLock {
      if let first = first(in: hold.object, for: nil) { result = max(result, first.priority) }
    }
    return result
  }

  private mutating func setEffective(_ priority: Int, of slot: Slot) {
    guard priorities.setEffective(priority, of: slot) else { return }
    var index = stands.first(of: slot)
    while index != .none {
      let object = stands[index].object
      stands.change(index, to: priority, in: &records[object.index].queue)
      index = stands.sibling(of: index)
    }
  }

  /// The tasks to whom a task lends: the holders of what it waits for.
  private func debtors(of slot: Slot) -> [Slot] {
    var result: [Slot] = []
    var index = stands.first(of: slot)
    while index != .none {
      let id = stands[index].object
      result += debtors(of: id) ?? []
      index = stands.sibling(of: index)
    }
    return result
  }

  /// A task, those to whom it lends, those to whom they do, and so on.
  private func chain(from slot: Slot) -> [Slot] {
    var (found, known, place) = ([slot], Set([slot]), 0)
    while place < found.count {
      for next in debtors(of: found[place]) where known.insert(next).inserted {
        found.append(next)
      }
      place += 1
    }
    return found
  }
}
