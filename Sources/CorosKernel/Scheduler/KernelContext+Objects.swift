// What calls may do with objects.

extension KernelContext {
  // MARK: Making and finding

  /// Makes an object, or finds the one of that kind and name.
  ///
  /// - Parameters:
  ///   - value: its value, if it has to be made.
  ///   - name: its name; without one it is always made, and called by its kind and number: `mutex 3`.
  ///   - isNew: whether it is made in any case; a number is added to a name that is taken: `items 2`.
  /// - Returns: the object.
  /// - Throws: `SystemCallError.tooManyObjects`; `otherObject` when the one of that name has another type.
  public func make<Value: KernelObject>(
    _ value: Value,
    named name: String? = nil,
    isNew: Bool = false
  ) throws(SystemCallError) -> Object<Value> {
    if !isNew, let name, let object = try find(Value.self, named: name) { return object }
    let limit = scheduler.limits.objects
    guard scheduler.state.objects.count < limit else { throw .tooManyObjects(limit: limit) }
    noteChange(.numbers)
    let moment = scheduler.moment
    let id = scheduler.state.objects.make(value, named: name, by: caller, at: moment)
    noteChange(.object(id))
    scheduler.note(.made(id, kind: Value.kind, isLock: Value.isLock), of: caller)
    return Object(id)
  }

  /// The object of that kind and name; nil when there is none.
  ///
  /// - Throws: `SystemCallError.otherObject` when it has another type.
  public func find<Value: KernelObject>(
    _ type: Value.Type,
    named name: String
  ) throws(SystemCallError) -> Object<Value>? {
    noteRead(.numbers)
    guard let id = scheduler.state.objects.find(kind: Value.kind, name: name) else { return nil }
    guard scheduler.state.objects[id].box.type == Value.self else {
      throw .otherObject(kind: Value.kind, name: name)
    }
    return Object(id)
  }

  // MARK: Values

  /// Changes the value of an object.
  ///
  /// Give no orders to the kernel on the way: change the value, then see to the tasks.
  ///
  /// - Parameters:
  ///   - object: which object.
  ///   - change: changes its value, in place.
  /// - Returns: what `change` returns.
  /// - Throws: `SystemCallError.noSuchObject` when there is none here.
  @inlinable
  public func change<Value: KernelObject, Result>(
    _ object: Object<Value>,
    _ change: (inout Value) -> Result
  ) throws(SystemCallError) -> Result {
    // The table keeps the box meanwhile, so no reference need be counted.
    let result: Result? = try writableBox(object.id)._withUnsafeGuaranteedRef { box in
      guard type(of: box) == TypedObjectBox<Value>.self else { return nil }
      return change(&unsafeDowncast(box, to: TypedObjectBox<Value>.self).value)
    }
    guard let result else { throw .noSuchObject }
    return result
  }

  /// The value of an object.
  ///
  /// - Throws: `SystemCallError.noSuchObject` when there is none here.
  @inlinable
  public func value<Value: KernelObject>(
    of object: Object<Value>
  ) throws(SystemCallError) -> Value {
    // The table keeps the box meanwhile, so no reference need be counted.
    let value: Value? = try readableBox(object.id)._withUnsafeGuaranteedRef { box in
      guard type(of: box) == TypedObjectBox<Value>.self else { return nil }
      return unsafeDowncast(box, to: TypedObjectBox<Value>.self).value
    }
    guard let value else { throw .noSuchObject }
    return value
  }

  /// Looks at the value of an object where it is: what need not be copied takes no time.
  ///
  /// - Parameters:
  ///   - object: which object.
  ///   - look: looks at it.
  /// - Returns: what `look` returns.
  /// - Throws: `SystemCallError.noSuchObject` when there is none here.
  @inlinable
  public func look<Value: KernelObject, Result>(
    at object: Object<Value>,
    _ look: (Value) -> Result
  ) throws(SystemCallError) -> Result {
    let result: Result? = try readableBox(object.id)._withUnsafeGuaranteedRef { box in
      guard type(of: box) == TypedObjectBox<Value>.self else { return nil }
      return look(unsafeDowncast(box, to: TypedObjectBox<Value>.self).value)
    }
    guard let result else { throw .noSuchObject }
    return result
  }

  @usableFromInline
  func writableBox(_ id: ObjectID) throws(SystemCallError) -> Unmanaged<ObjectBox> {
    guard scheduler.state.objects.contains(id) else { throw .noSuchObject }
    noteChange(.object(id))
    return scheduler.state.objects.writableBox(id)
  }

  @usableFromInline
  func readableBox(_ id: ObjectID) throws(SystemCallError) -> Unmanaged<ObjectBox> {
    guard scheduler.state.objects.contains(id) else { throw .noSuchObject }
    noteRead(.object(id))
    return .passUnretained(scheduler.state.objects[id].box)
  }

  /// What an object is called.
  public func name<Value>(of object: Object<Value>) -> String {
    scheduler.state.objects.contains(object.id) ? scheduler.state.objects[object.id].name : ""
  }

  // MARK: Queues

  /// The end of an object's queue, for the caller to wait there.
  ///
  /// - Parameters:
  ///   - object: which object.
  ///   - mode: what for, by a number of the object's own.
  /// - Returns: the place, for `.block(on: .object(place))`.
  /// - Throws: `SystemCallError.noSuchObject` when there is none here.
  public func place<Value>(
    in object: Object<Value>,
    for mode: UInt8 = 0
  ) throws(SystemCallError) -> ObjectPlace {
    guard scheduler.state.objects.contains(object.id) else { throw .noSuchObject }
    return scheduler.state.place(in: object.id, for: mode)
  }

  /// The task that goes first of those that wait for an object; nil when none waits.
  ///
  /// - Parameters:
  ///   - object: which object.
  ///   - mode: for what; nil for whatever it is.
  /// - Returns: the task, which goes on waiting.
  public func firstWaiter<Value>(on object: Object<Value>, for mode: UInt8? = nil) -> Waiter? {
    guard scheduler.state.objects.contains(object.id) else { return nil }
    noteRead(.object(object.id))
    if scheduler.state.objects.isQueueEmpty(of: object.id) { return nil }
    return scheduler.state.firstWaiter(on: object.id, for: mode)
  }

  /// Whether any task waits for an object: takes less time than to ask which.
  package func hasWaiters<Value>(on object: Object<Value>) -> Bool {
    guard scheduler.state.objects.contains(object.id) else { return false }
    if !scheduler.state.objects.isQueueEmpty(of: object.id) { return true }
    // Else who asks which one it is notes that.
    noteRead(.object(object.id))
    return false
  }

  /// How many tasks wait for an object.
  public func waiterCount<Value>(on object: Object<Value>) -> Int {
    guard scheduler.state.objects.contains(object.id) else { return 0 }
    noteRead(.object(object.id))
    return scheduler.state.objects[object.id].queue.count
  }

  /// Whether the caller would be served before all who wait for an object.
  ///
  /// So it is when nobody waits; and when waiters are served by priority, and the caller's is higher than all of theirs.
  public func goesFirst<Value>(on object: Object<Value>) -> Bool {
    guard waiterCount(on: object) > 0 else { return true }
    return scheduler.state.objects.goesFirst(slot, on: object.id)
  }

  /// The call by which a task waits.
  public func call(of waiter: Waiter) -> (any SystemCall)? {
    scheduler.state.tasks.isWaiting(waiter.slot) ? scheduler.state[waiter.slot].awaitedCall : nil
  }

  /// Tries the call of a task that waits once more, since something has come.
  ///
  /// - Returns: what to wake it with; nil when it has to wait on.
  public func retry(_ waiter: Waiter) -> Any? {
    call(of: waiter)?.retry(for: waiter.task, in: self)
  }

  /// Ends the wait of a task: it leaves all queues that it stands in, and its call is answered.
  ///
  /// - Parameters:
  ///   - waiter: which task, found in this step.
  ///   - value: the reply to its call, unless the call's `resume(after:in:)` decides otherwise.
  public func wake(_ waiter: Waiter, with value: consuming Any? = nil) {
    noteChange(.object(waiter.object))
    guard scheduler.state.tasks.isWaiting(waiter.slot),
      scheduler.state[waiter.slot].tid == waiter.task
    else { return }
    if waiter.isOneOfSeveral {
      scheduler.wake(waiter.slot, .chosen(waiter.alternative, value))
    } else {
      scheduler.wake(waiter.slot, .signalled(value))
    }
  }

  // MARK: Holders

  /// Notes that a task holds an object from now on.
  ///
  /// - Parameters:
  ///   - object: which object, which the task does not hold.
  ///   - waiter: who gets it; nil for the caller.
  ///   - mode: how, by a number of the object's own.
  ///   - last: the task that ended while it held the object before, if that is so.
  /// - Throws: `SystemCallError.onlyForTasks` for the operator; `noSuchObject` when there is none here.
  public func hold<Value>(
    _ object: Object<Value>,
    by waiter: Waiter? = nil,
    mode: UInt8 = 0,
    abandonedBy last: TaskID? = nil
  ) throws(SystemCallError) {
    guard scheduler.state.objects.contains(object.id) else { throw .noSuchObject }
    let slot = waiter?.slot ?? slot
    if slot == .operator {
      throw .onlyForTasks(call: "holding the \(Value.kind) \(name(of: object))")
    }
    noteChange(.object(object.id))
    let hold = HoldTable.Hold(
      slot: slot,
      object: object.id,
      mode: mode,
      since: scheduler.moment,
      // What the caller takes itself counts as used.
      dispatches: waiter == nil ? -1 : scheduler.state[slot].dispatches
    )
    scheduler.state.hold(hold, at: scheduler.moment)
    scheduler.emit(
      .sharing,
      scheduler.state[slot].tid,
      .acquired(scheduler.state.place(in: object.id, for: mode), abandonedBy: last)
    )
  }

  /// Notes that the caller holds an object no longer.
  ///
  /// - Returns: how it held the object; nil when it did not.
  @discardableResult
  public func release<Value>(_ object: Object<Value>) -> UInt8? {
    guard scheduler.state.objects.contains(object.id),
      let hold = scheduler.state.endHold(object.id, by: slot, at: scheduler.moment)
    else { return nil }
    noteChange(.object(object.id))
    scheduler.emit(
      .sharing,
      caller,
      .released(scheduler.state.place(in: object.id, for: hold.mode))
    )
    return hold.mode
  }

  /// Tells observers that a task ended while it held an object, and that nobody gets it now.
  public func noteAbandoned<Value>(_ object: Object<Value>, by hold: EndedHold) {
    let place = scheduler.state.place(in: object.id, for: hold.mode)
    scheduler.emit(.sharing, .operator, .abandoned(place, by: hold.task))
  }

  /// The task that holds an object; the one that got it last if there are several, nil when none does.
  public func holder<Value>(of object: Object<Value>) -> TaskID? {
    guard scheduler.state.objects.contains(object.id) else { return nil }
    noteRead(.object(object.id))
    return scheduler.state.objects.newestHolder(of: object.id).map { scheduler.state[$0].tid }
  }

  /// Whether the caller holds an object, as the one that got it last; nil when nobody does.
  package func isHolder<Value>(of object: Object<Value>) -> Bool? {
    guard scheduler.state.objects.contains(object.id) else { return nil }
    noteRead(.object(object.id))
    return scheduler.state.objects.newestHolder(of: object.id).map { $0 == slot }
  }

  /// How many tasks hold an object.
  public func holderCount<Value>(of object: Object<Value>) -> Int {
    guard scheduler.state.objects.contains(object.id) else { return 0 }
    noteRead(.object(object.id))
    return scheduler.state.objects[object.id].holders.count
  }

  /// How the caller holds an object; nil when it does not.
  public func mode<Value>(ofHoldOn object: Object<Value>) -> UInt8? {
    guard scheduler.state.objects.contains(object.id) else { return nil }
    noteRead(.object(object.id))
    return scheduler.state.objects.hold(of: slot, on: object.id)?.mode
  }
}

extension KernelState {
  /// A place in an object's queue, with the object's name.
  func place(in id: ObjectID, for mode: UInt8) -> ObjectPlace {
    ObjectPlace(id, name: objects[id].name, mode: mode, isLock: objects[id].isLock)
  }

  /// The task that goes first of those that wait for an object.
  @inline(__always)
  func firstWaiter(on id: ObjectID, for mode: UInt8?) -> Waiter? {
    let index = objects.firstIndex(in: id, for: mode)
    return index == .none ? nil : waiter(at: objects.stands[index])
  }

  /// The tasks that wait for an object, in their order.
  func waiters(on id: ObjectID) -> [Waiter] {
    objects.stands.stands(in: objects[id].queue).map { waiter(at: $0) }
  }

  @inline(__always)
  private func waiter(at stand: StandTable.Stand) -> Waiter {
    Waiter(
      task: self[stand.slot].tid,
      object: stand.object,
      mode: stand.mode,
      alternative: Int(stand.alternative),
      isOneOfSeveral: stand.isOneOfSeveral,
      slot: stand.slot
    )
  }

  /// The tasks that hold the object of a wait, or whose ends it brings; none when it may be any of several.
  func holders(of reason: WaitTarget) -> [TaskID] {
    guard case .object(let object, _) = reason else { return [] }
    let record = objects[object]
    return objects.holds.holds(record.holders).map { self[$0.slot].tid }
      + bonds(of: object, record.box.type.isAwaited)
  }

  /// The tasks that are bound to an object in a certain way, in the order in which they were.
  func bonds(of id: ObjectID, _ isWanted: (UInt8) -> Bool) -> [TaskID] {
    objects.bonds.holds(objects[id].bonds).filter { isWanted($0.mode) }.map { self[$0.slot].tid }
  }
}
