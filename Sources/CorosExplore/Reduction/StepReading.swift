import CorosKernel

/// Finds out what steps touch, and whom they wake.
struct StepReading {
  /// What properties look at all the time, so that the order of changes of it matters.
  private enum Watch {
    /// It was not asked yet.
    case unknown
    case anything
    case resources(ContiguousArray<Int32>)
  }

  private let properties: [Property]
  private let rules: DependenceRules
  private var watch: Watch
  private var wasTimed = false

  init(_ properties: [Property], _ rules: DependenceRules = .all) {
    self.properties = properties
    self.rules = rules
    watch = rules.contains(.looks) ? .unknown : .resources([])
  }

  /// Begins a step.
  mutating func begin(on ground: Ground) {
    if case .unknown = watch {
      let objects = properties.watched(on: ground.scheduler)?.sorted()
      watch =
        objects.map { objects in
          .resources(ContiguousArray(objects.map { ground.listener.number(of: .object($0)) }))
        } ?? .anything
    }
    ground.listener.begin()
    ground.scheduler.lastAttempt = nil
    wasTimed = ground.scheduler.mayChangeByTime
  }

  /// What the step of a task has touched, which has just been made.
  func footprint(of task: TaskID, on ground: Ground) -> Footprint {
    var footprint = ground.footprint
    if wasTimed || ground.scheduler.mayChangeByTime { footprint.isTimed = true }
    if !rules.contains(.time) { footprint.isTimed = false }
    if isWatched(footprint) {
      footprint.insert(ground.listener.number(of: .output), isChange: true)
    }
    noteOrders(of: task, in: &footprint, on: ground)
    return footprint
  }

  /// Whether properties can tell when a step with this footprint was made.
  private func isWatched(_ footprint: Footprint) -> Bool {
    switch watch {
    case .unknown, .anything: !footprint.changes.isEmpty
    case .resources(let watched): watched.contains(where: footprint.changes.contains)
    }
  }

  /// Notes that a step depends on whether its task may go on.
  func noteOrders(of task: TaskID, in footprint: inout Footprint, on ground: Ground) {
    if rules.contains(.orders) {
      footprint.insert(ground.listener.number(of: .steps(task)), isChange: false)
    }
  }
}
