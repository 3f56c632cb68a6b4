import CorosKernel

/// Finds out what steps touch, and whom they wake.
struct StepReading {
  /// Whether the order of changes of objects matters, since properties look at them all the time.
  private let isWatched: Bool
  private let rules: DependenceRules
  private var wasTimed = false

  init(_ properties: [Property], _ rules: DependenceRules = .all) {
    self.rules = rules
    isWatched = rules.contains(.looks) && properties.contains { $0.time == .always }
  }

  /// Begins a step.
  mutating func begin(on ground: Ground) {
    ground.listener.begin()
    ground.scheduler.lastAttempt = nil
    wasTimed = ground.scheduler.mayChangeByTime
  }

  /// What the step of a task has touched, which has just been made.
  func footprint(of task: TaskID, on ground: Ground) -> Footprint {
    var footprint = ground.footprint
    if wasTimed || ground.scheduler.mayChangeByTime { footprint.isTimed = true }
    if !rules.contains(.time) { footprint.isTimed = false }
    if isWatched, !footprint.changes.isEmpty {
      footprint.insert(ground.listener.number(of: .output), isChange: true)
    }
    noteOrders(of: task, in: &footprint, on: ground)
    return footprint
  }

  /// Notes that a step depends on whether its task may go on.
  func noteOrders(of task: TaskID, in footprint: inout Footprint, on ground: Ground) {
    if rules.contains(.orders) {
      footprint.insert(ground.listener.number(of: .steps(task)), isChange: false)
    }
  }
}
