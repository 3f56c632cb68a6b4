import CorosKernel

/// POS: every next step of a task has a random priority, and the highest is made; those that conflict with it are
/// drawn again.
///
/// What a step will touch is found out by making it and going back, so only state machines show conflicts.
struct PendingSteps {
  private struct Pending {
    var priority: UInt64
    var touches: Footprint?
  }

  private var pending: [TaskID: Pending] = [:]
  private var numbers = RandomNumbers(seed: 0)

  mutating func begin(_ numbers: RandomNumbers) {
    self.numbers = numbers
    pending.removeAll(keepingCapacity: true)
  }

  mutating func choose(on ground: Ground) throws -> TaskID {
    if ground.ready.count == 1 { return ground.ready[0] }
    let ready = ground.ready
    for task in ready where pending[task] == nil {
      let touches = try ground.look(at: task)
      pending[task] = Pending(priority: numbers.next(), touches: touches)
    }
    ground.ready = ready
    func isHigher(_ left: TaskID, _ right: TaskID) -> Bool {
      (pending[left]?.priority ?? 0) > (pending[right]?.priority ?? 0)
    }
    var best = ready[0]
    for task in ready.dropFirst() where isHigher(task, best) { best = task }
    return best
  }

  mutating func note(_ task: TaskID) {
    guard let made = pending.removeValue(forKey: task), let touches = made.touches else { return }
    // They are drawn when they are needed; what they touch may be something else then.
    for (other, step) in pending where step.touches?.conflicts(with: touches) ?? false {
      pending[other] = nil
    }
  }
}
