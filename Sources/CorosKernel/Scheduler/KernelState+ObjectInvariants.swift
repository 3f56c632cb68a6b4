// What must hold of objects between two steps.

extension KernelState {
  /// What is wrong with the queues and holders of objects; O(n).
  func brokenObjects(live: [TaskID]) -> [String] {
    var faults: [String] = []
    var (stands, holds, bonds) = (0, 0, 0)
    for id in objects.ids {
      let record = objects[id]
      let waiting = objects.stands.stands(in: record.queue)
      let holders = objects.holds.holds(record.holders)
      stands += waiting.count
      holds += holders.count
      bonds += record.bonds.count
      let name = record.name
      if waiting.count != record.queue.count {
        faults.append("\(waiting.count) tasks wait for \(name), \(record.queue.count) counted")
      }
      if holders.count != record.holders.count {
        faults.append("\(holders.count) tasks hold \(name), \(record.holders.count) counted")
      }
      let fault = record.box.anyValue.fault(waiters: waiting.count, holders: holders.count)
      if let fault { faults.append("\(name) \(fault)") }
      for stand in waiting where !isPlace(stand, of: id) {
        faults.append(
          "slot \(stand.slot.index) stands in the queue of \(name), and its ticket says otherwise"
        )
      }
      for hold in holders where hold.object != id || !tasks.isTaken(hold.slot) {
        faults.append("\(name) is held by a task that is not alive")
      }
      for bond in objects.bonds.holds(record.bonds)
      where bond.object != id || !tasks.isTaken(bond.slot) {
        faults.append("\(name) is bound to a task that is not alive")
      }
      let first = objects.first(in: id, for: nil)
      if first?.slot != waiting.first?.slot {
        faults.append("\(name) serves another task first than it lists first")
      }
    }
    for tid in [.operator] + live {
      guard let slot = liveSlot(of: tid) else { continue }
      holds -= objects.holds.holds(of: slot).count
      bonds -= objects.bonds.holds(of: slot).count
      switch self[slot].wait?.reason {
      case .object?: stands -= 1
      case .anyOf(let places)?: stands -= places.count
      default: break
      }
    }
    if stands != 0 { faults.append("\(stands) places in queues of objects without a ticket") }
    if holds != 0 { faults.append("\(holds) holds on objects without a holder") }
    if bonds != 0 { faults.append("\(bonds) bonds to objects without a task") }
    return faults + wrongPriorities(live: live)
  }

  /// The tasks whose priorities are not as they are defined: the highest of a task's own and of those that wait for
  /// what it holds, where that is lent.
  private func wrongPriorities(live: [TaskID]) -> [String] {
    guard objects.priorities.matter else { return [] }
    let slots = live.compactMap { slot(of: $0) }
    var priorities = Dictionary(
      uniqueKeysWithValues: slots.map { ($0, self[$0].parameters.priority) }
    )
    var hasChanged = objects.priorities.areLent
    while hasChanged {
      hasChanged = false
      for slot in slots {
        for hold in objects.holds.holds(of: slot)
        where objects[hold.object].isLock {
          for stand in objects.stands.stands(in: objects[hold.object].queue) {
            let (lent, own) = (priorities[stand.slot] ?? 0, priorities[slot] ?? 0)
            if lent > own {
              priorities[slot] = lent
              hasChanged = true
            }
          }
        }
      }
    }
    var faults: [String] = []
    for slot in slots {
      let (kept, defined) = (objects.priorities.effective(of: slot), priorities[slot] ?? 0)
      if kept != defined {
        faults.append("task \(self[slot].tid) counts with priority \(kept), not \(defined)")
      }
    }
    for id in objects.ids {
      let stands = objects.stands.stands(in: objects[id].queue)
      for stand in stands where stand.priority != priorities[stand.slot] ?? 0 {
        faults.append("the queue of \(objects[id].name) goes by an old priority")
      }
    }
    return faults
  }

  /// Whether a task's ticket is for the place in which it stands.
  private func isPlace(_ stand: StandTable.Stand, of id: ObjectID) -> Bool {
    switch tasks.wait(in: stand.slot)?.reason {
    case .object(let object, let mode)?: object == id && mode == stand.mode
    case .anyOf(let places)?:
      places.indices.contains(Int(stand.alternative))
        && places[Int(stand.alternative)].object == id
        && places[Int(stand.alternative)].mode == stand.mode
    default: false
    }
  }
}
