// Bonds: an object hears of the ends of tasks that are bound to it.

extension KernelContext {
  /// Binds an object to a task: it hears of the task's end.
  ///
  /// So an object can belong to a task, or a task to an object.
  ///
  /// - Parameters:
  ///   - object: which object.
  ///   - task: which live task, which is not bound to it.
  ///   - mode: how, by a number of the object's own.
  /// - Returns: false when the task is not alive.
  /// - Throws: `SystemCallError.noSuchObject` when there is none here.
  @discardableResult
  public func bind<Value>(
    _ object: Object<Value>,
    to task: TaskID,
    mode: UInt8 = 0
  ) throws(SystemCallError) -> Bool {
    guard scheduler.state.objects.contains(object.id) else { throw .noSuchObject }
    noteChange(.object(object.id))
    noteRead(.life(task))
    guard let slot = scheduler.state.slot(of: task), !scheduler.state[slot].isDoomed else {
      return false
    }
    scheduler.state.objects.bind(
      HoldTable.Hold(
        slot: slot,
        object: object.id,
        mode: mode,
        since: scheduler.moment,
        dispatches: -1
      )
    )
    return true
  }

  /// Ends a bond; false when there is none.
  @discardableResult
  public func unbind<Value>(_ object: Object<Value>, from task: TaskID) -> Bool {
    guard scheduler.state.objects.contains(object.id), let slot = scheduler.state.slot(of: task)
    else { return false }
    noteChange(.object(object.id))
    return scheduler.state.objects.unbind(object.id, from: slot) != nil
  }

  /// The object of a type that a task was bound to last; nil when it is bound to none.
  ///
  /// O(1), and the number of the objects that the task was bound to since.
  @inlinable
  public func bound<Value: KernelObject>(
    _ type: Value.Type = Value.self,
    to task: TaskID
  ) -> Object<Value>? {
    if let id = object(of: type, boundTo: task) { Object(id) } else { nil }
  }

  @usableFromInline
  func object(of type: any KernelObject.Type, boundTo task: TaskID) -> ObjectID? {
    noteRead(.life(task))
    // Most often the caller asks for what is its own.
    let isCallers = task == scheduler.state[slot].tid && slot != .operator
    guard let slot = isCallers ? slot : scheduler.state.slot(of: task) else { return nil }
    return scheduler.state.objects.bound(to: slot) {
      ObjectIdentifier($0) == ObjectIdentifier(type)
    }
  }

  /// The tasks that are bound to an object in a certain way, in the order in which they were.
  public func bonds<Value>(of object: Object<Value>, _ isWanted: (UInt8) -> Bool) -> [TaskID] {
    guard scheduler.state.objects.contains(object.id) else { return [] }
    noteRead(.object(object.id))
    return scheduler.state.bonds(of: object.id, isWanted)
  }

  /// Whether no task is bound to an object.
  public func isUnbound<Value>(_ object: Object<Value>) -> Bool {
    guard scheduler.state.objects.contains(object.id) else { return true }
    noteRead(.object(object.id))
    return scheduler.state.objects[object.id].bonds.count == 0
  }

  /// Has the kernel forget an object, for which no task waits and which none holds.
  ///
  /// - Returns: false when there is no such object, or it is still used.
  @discardableResult
  public func remove<Value>(_ object: Object<Value>) -> Bool {
    guard scheduler.state.objects.contains(object.id) else { return false }
    let record = scheduler.state.objects[object.id]
    guard record.queue.count == 0, record.holders.count == 0 else { return false }
    noteChange(.object(object.id))
    noteChange(.numbers)
    scheduler.state.objects.remove(object.id)
    scheduler.note(.removed(object.id), of: caller)
    return true
  }

  /// Kills a task, which ends with a certain status.
  ///
  /// While the kernel sees to the end of a task, this waits until that is done: so a chain of tasks that end one
  /// another, of whatever length, needs no stack.
  ///
  /// - Parameters:
  ///   - target: the victim.
  ///   - status: how it ends.
  public func kill(_ target: TaskID, as status: ExitStatus) {
    noteChange(.life(target))
    if scheduler.isEnding {
      scheduler.pendingKills.append((target, caller, status))
    } else {
      _ = scheduler.kill(target, by: caller, as: status)
    }
  }
}

extension KernelContext {
  /// Whether what the caller writes goes to an object, such as a pipe, that may have it wait.
  package var hasOutlet: Bool { scheduler.state.objects.outlet(of: slot) != nil }

  /// Gives a line that the caller writes to the object that takes it; nil when there is none.
  func divert(_ line: String) -> Disposition<Void>? {
    guard let id = scheduler.state.objects.outlet(of: slot) else { return nil }
    return divert(line, to: id, scheduler.state.objects[id].box.type)
  }

  private func divert<Value: KernelObject>(
    _ line: String,
    to id: ObjectID,
    _ type: Value.Type
  ) -> Disposition<Void> {
    Value.take(line, at: Object(id), in: self)
  }
}

extension Scheduler {
  /// Binds a new task to the objects to which its parent's children are bound.
  func inheritBonds(_ child: Slot, from parent: TaskID) {
    guard !state.objects.bonds.isEmpty, let slot = state.slot(of: parent) else { return }
    for bond in state.objects.bonds.holds(of: slot).reversed()
    where state.objects[bond.object].box.type.isInherited(bond.mode) {
      touch(.object(bond.object), by: parent)
      state.objects.bind(
        HoldTable.Hold(
          slot: child,
          object: bond.object,
          mode: bond.mode,
          since: moment,
          dispatches: -1
        )
      )
    }
  }

  /// Has the objects that an ended task was bound to hear of it, the newest bond first.
  func tellBonds(of slot: Slot, _ status: ExitStatus) {
    while let newest = state.objects.bonds.newestHold(of: slot),
      let bond = state.objects.unbind(newest.object, from: slot)
    {
      let ended = EndedBond(task: state[slot].tid, mode: bond.mode, status: status)
      touch(.object(bond.object), by: ended.task)
      hear(of: ended, at: bond.object, from: slot, state.objects[bond.object].box.type)
    }
  }

  private func hear<Value: KernelObject>(
    of bond: EndedBond,
    at id: ObjectID,
    from slot: Slot,
    _ type: Value.Type
  ) {
    Value.hear(of: bond, at: Object(id), in: KernelContext(scheduler: self, slot: slot))
  }

  /// Runs the end of a task, and then kills those that it takes with it, and those that they do.
  func ending(_ end: () -> Void) {
    if isEnding { return end() }
    isEnding = true
    end()
    while !pendingKills.isEmpty {
      for (task, killer, status) in exchange(&pendingKills, with: []) {
        _ = kill(task, by: killer, as: status)
      }
    }
    isEnding = false
  }
}
