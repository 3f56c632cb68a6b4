/// What a scheduler knows of one object: a snapshot.
public struct ObjectInfo: Hashable, Sendable {
  /// A task that holds the object, or waits for it.
  public struct Party: Hashable, Sendable {
    /// The task.
    public let task: TaskID
    /// Since when.
    public let since: Tick
    /// How or what for, by the object's own number.
    public let mode: UInt8
    /// The same in a word, such as `read`; nil where it goes without saying.
    public let purpose: String?
    /// When the wait ends by itself; nil when it does not, and for those who hold the object.
    public let deadline: Tick?
  }

  /// The object's number.
  public let id: ObjectID
  /// What it is: `mutex`.
  public let kind: String
  /// What it is called.
  public let name: String
  /// What there is to say of it beside the parties, in a few words; may be empty.
  public let summary: String
  /// How many it has of what it counts, such as permits; nil where it counts nothing.
  public let count: Int?
  /// The most that it can have of that; nil where there is no such number.
  public let maximum: Int?
  /// Who made it; the operator when it was there before all tasks.
  public let maker: TaskID
  /// Who holds it, in the order in which they got it.
  public let holders: [Party]
  /// Who waits for it, in the order in which they began.
  public let waiters: [Party]
}

/// That an object hears of a task's end: a snapshot.
public struct BondInfo: Hashable, Sendable {
  /// What the object is: `group`.
  public let kind: String
  /// What it is called.
  public let name: String
  /// What there is to say of it, in a few words; may be empty.
  public let summary: String
  /// What the task is to it: `servant`; nil where that goes without saying.
  public let role: String?
}

extension Scheduler {
  /// How many objects there are.
  public var objectCount: Int { state.objects.count }

  /// The objects that tasks share, in the order in which they were made; O(n).
  public var objects: [ObjectInfo] {
    state.objects.ids.filter { state.objects[$0].box.type.isListed }.map { info($0) }
  }

  /// The objects of that name, of whatever kind: two kinds may share one.
  public func objects(named name: String) -> [ObjectInfo] {
    state.objects.ids.filter { state.objects[$0].name == name }.map { info($0) }
  }

  /// What is known of an object; nil when there is no such object.
  public func object(_ id: ObjectID) -> ObjectInfo? {
    state.objects.contains(id) ? info(id) : nil
  }

  /// The object of a type and a name, in O(1); nil when there is none.
  public func find<Value: KernelObject>(_ type: Value.Type, named name: String) -> Object<Value>? {
    guard let id = state.objects.find(kind: type.kind, name: name),
      state.objects[id].box.type == type
    else { return nil }
    return Object(id)
  }

  /// The value of an object; nil when there is no such object of that type.
  @inlinable
  public func value<Value>(of object: Object<Value>) -> Value? {
    box(of: object.id)?._withUnsafeGuaranteedRef { box in
      guard type(of: box) == TypedObjectBox<Value>.self else { return nil }
      return unsafeDowncast(box, to: TypedObjectBox<Value>.self).value
    }
  }

  @usableFromInline
  func box(of id: ObjectID) -> Unmanaged<ObjectBox>? {
    state.objects.contains(id) ? .passUnretained(state.objects[id].box) : nil
  }

  /// The tasks that a waiting task waits for: the one whose end it awaits, or those that hold what it wants.
  public func obstacles(of tid: TaskID) -> [TaskID] {
    guard let slot = state.slot(of: tid), let reason = state[slot].wait?.reason else { return [] }
    if case .task(let other) = reason { return [other] }
    return state.holders(of: reason)
  }

  /// The objects that a task holds, in the order in which it got them.
  public func held(by tid: TaskID) -> [ObjectInfo] {
    guard let slot = state.slot(of: tid) else { return [] }
    return state.objects.holds.holds(of: slot).reversed().map { info($0.object) }
  }

  /// The task that was bound to an object first, of those that are; nil when none is.
  package func bound(to object: ObjectID) -> TaskID? {
    state.objects.contains(object) ? state.bonds(of: object, { _ in true }).first : nil
  }

  /// The objects that a task is bound to, in the order in which it was.
  public func bonds(of tid: TaskID) -> [BondInfo] {
    guard let slot = state.slot(of: tid) else { return [] }
    return state.objects.bonds.holds(of: slot).reversed().map { bond in
      let record = state.objects[bond.object]
      return BondInfo(
        kind: record.box.type.kind,
        name: record.name,
        summary: record.box.anyValue.summary(waiters: record.queue.count),
        role: record.box.type.role(of: bond.mode)
      )
    }
  }

  private func info(_ id: ObjectID) -> ObjectInfo {
    let record = state.objects[id]
    let type = record.box.type
    let value = record.box.anyValue
    return ObjectInfo(
      id: id,
      kind: type.kind,
      name: record.name,
      summary: value.summary(waiters: record.queue.count),
      count: value.count,
      maximum: value.maximum,
      maker: record.maker,
      holders: state.objects.holds.holds(record.holders).map { hold in
        ObjectInfo.Party(
          task: state[hold.slot].tid,
          since: hold.since,
          mode: hold.mode,
          purpose: type.purpose(of: hold.mode),
          deadline: nil
        )
      },
      waiters: state.objects.stands.stands(in: record.queue).map { stand in
        let wait = state.tasks.wait(in: stand.slot)
        return ObjectInfo.Party(
          task: state[stand.slot].tid,
          since: wait?.since ?? record.birth,
          mode: stand.mode,
          purpose: type.purpose(of: stand.mode),
          deadline: wait?.deadline
        )
      }
    )
  }
}
