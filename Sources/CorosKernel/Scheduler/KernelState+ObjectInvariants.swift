// What must hold of objects between two steps.

extension KernelState {
  /// What is wrong with the queues and holders of objects; O(n).
  func brokenObjects(live: [TaskID]) -> [String] {
    var faults: [String] = []
    var (stands, holds) = (0, 0)
    for index in objects.records.indices {
      let (id, record) = (ObjectID(index: index), objects.records[index])
      let waiting = objects.stands.stands(in: record.queue)
      let holders = objects.holds.holds(record.holders)
      stands += waiting.count
      holds += holders.count
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
    }
    for tid in [.operator] + live {
      guard let slot = liveSlot(of: tid) else { continue }
      holds -= objects.holds.holds(of: slot).count
      switch self[slot].wait?.reason {
      case .object?: stands -= 1
      case .anyOf(let places)?: stands -= places.count
      default: break
      }
    }
    if stands != 0 { faults.append("\(stands) places in queues of objects without a ticket") }
    if holds != 0 { faults.append("\(holds) holds on objects without a holder") }
    return faults
  }

  /// Whether a task's ticket is for the place in which it stands.
  private func isPlace(_ stand: StandTable.Stand, of id: ObjectID) -> Bool {
    switch tasks.wait(in: stand.slot)?.reason {
    case .object(let place)?: place.object == id && place.mode == stand.mode
    case .anyOf(let places)?:
      places.indices.contains(Int(stand.alternative))
        && places[Int(stand.alternative)].object == id
        && places[Int(stand.alternative)].mode == stand.mode
    default: false
    }
  }
}
