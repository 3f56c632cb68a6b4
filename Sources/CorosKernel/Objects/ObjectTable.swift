/// The objects of a machine, with their names, queues and holders.
///
/// A value: a copy shares memory with the original until one of the two changes.
struct ObjectTable {
  struct Record {
    fileprivate(set) var box: ObjectBox
    let name: String
    let isLock: Bool
    /// Who made it; the operator's objects are those that were there before.
    let maker: TaskID
    let birth: Tick
    var queue = StandTable.Queue()
    var holders = HoldTable.Holders()
  }

  private struct Key: Hashable {
    let kind: String
    let name: String
  }

  private(set) var records: ContiguousArray<Record> = []
  private(set) var stands = StandTable()
  private(set) var holds = HoldTable()
  private var byName: [Key: ObjectID] = [:]
  private var counts: [String: Int] = [:]

  subscript(id: ObjectID) -> Record { records[id.index] }

  func contains(_ id: ObjectID) -> Bool { records.indices.contains(id.index) }

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
    let id = ObjectID(index: records.count)
    records.append(
      Record(
        box: TypedObjectBox(value),
        name: name,
        isLock: type(of: value).isLock,
        maker: maker,
        birth: now
      )
    )
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

  // MARK: Values

  /// The box of an object, which no copy of the machine shares.
  mutating func writableBox(_ id: ObjectID) -> ObjectBox {
    if !isKnownUniquelyReferenced(&records[id.index].box) {
      records[id.index].box = records[id.index].box.copied()
    }
    return records[id.index].box
  }

  // MARK: Queues

  mutating func append(_ slot: Slot, at place: ObjectPlace, alternative: Int = 0) {
    stands.append(
      slot,
      to: &records[place.object.index].queue,
      of: place.object,
      mode: place.mode,
      alternative: alternative
    )
  }

  /// Takes a task out of all queues of objects.
  mutating func withdraw(_ slot: Slot) {
    while stands.first(of: slot) != .none {
      let object = stands[stands.first(of: slot)].object
      stands.removeFirst(of: slot, from: &records[object.index].queue)
    }
  }

  /// The first place in an object's queue, for a purpose if one is given.
  func first(in id: ObjectID, for mode: UInt8?) -> StandTable.Stand? {
    var index = records[id.index].queue.head
    while index != .none {
      let stand = stands[index]
      if mode == nil || stand.mode == mode { return stand }
      index = stand.next
    }
    return nil
  }

  // MARK: Holders

  mutating func hold(_ hold: HoldTable.Hold) {
    holds.insert(hold, &records[hold.object.index].holders)
  }

  mutating func release(_ id: ObjectID, by slot: Slot) -> HoldTable.Hold? {
    holds.remove(slot, id, &records[id.index].holders)
  }

  /// The task that got an object last and holds it.
  func newestHolder(of id: ObjectID) -> Slot? {
    holds.newestHold(records[id.index].holders)?.slot
  }

  func hold(of slot: Slot, on id: ObjectID) -> HoldTable.Hold? {
    holds.hold(of: slot, on: id, records[id.index].holders)
  }
}
