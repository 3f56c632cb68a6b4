import CorosKernel

@testable import CorosInterpreter

/// All that POS may draw for a program: in which order the priorities of all steps stand that are drawn in a run.
///
/// Each order is as likely as any other, so a priority that is drawn comes with the same chance into each place among
/// those that were drawn before it, also among those that count no longer. Every run is made on the plain kernel.
struct StepDraws {
  let model: Model
  private var moments: [[TaskID]: Moment] = [:]
  private var chances: [Draws: Double] = [:]

  /// A machine after some steps.
  private struct Moment {
    var ready: [TaskID] = []
    /// What the next step of each ready task touches.
    var touches: [TaskID: Set<Touch>] = [:]
    var hasFailed = false
  }

  /// What has been drawn after some steps, the highest first; nil where the step was made, or is drawn again.
  fileprivate struct Draws: Hashable {
    var path: [TaskID]
    var order: [Pending?]
  }

  fileprivate struct Pending: Hashable {
    let task: TaskID
    let touches: Set<Touch>
  }

  private final class TouchLog: Observer {
    let interests: Event.Kinds = .footprints
    private(set) var touches: Set<Touch> = []

    func observe(_ event: Event) {
      guard case .touched(let touch) = event.action else { return }
      switch touch.resource {
      // Nobody can tell in which order tasks end, nor in which order they write.
      case .children(.operator), .taskCount, .output: return
      default: touches.insert(touch)
      }
    }
  }

  init(_ model: Model) { self.model = model }

  /// The chance that a run fails.
  ///
  /// - Returns: the chance.
  /// - Throws: what making the tasks throws.
  mutating func chance() throws -> Double { try chance(after: Draws(path: [], order: [])) }

  private mutating func chance(after draws: Draws) throws -> Double {
    if let known = chances[draws] { return known }
    let moment = try moment(after: draws.path)
    let chance: Double
    if moment.ready.isEmpty {
      chance = moment.hasFailed ? 1 : 0
    } else if moment.ready.count > 1, let task = moment.ready.first(where: { !draws.has($0) }) {
      let drawn = Pending(task: task, touches: moment.touches[task] ?? [])
      var sum = 0.0
      for place in 0...draws.order.count {
        var more = draws
        more.order.insert(drawn, at: place)
        sum += try self.chance(after: more)
      }
      chance = sum / Double(draws.order.count + 1)
    } else {
      let highest = draws.order.first { $0.map { moment.ready.contains($0.task) } ?? false }
      let task = highest??.task ?? moment.ready[0]
      chance = try self.chance(after: draws.making(task))
    }
    chances[draws] = chance
    return chance
  }

  private mutating func moment(after path: [TaskID]) throws -> Moment {
    if let known = moments[path] { return known }
    let scheduler = try machine(after: path)
    var moment = Moment()
    moment.ready = scheduler.readyQueue.sorted()
    for task in moment.ready {
      let machine = try machine(after: path)
      let log = TouchLog()
      machine.add(log)
      try machine.pick(task)
      machine.step()
      moment.touches[task] = log.touches
    }
    let isBroken = scheduler.tasks(includingEnded: true).contains {
      if case .exited(.failed) = $0.state { true } else { false }
    }
    moment.hasFailed =
      isBroken || scheduler.liveTaskCount > 0 || scheduler.brokenCheck(atEnd: true) != nil
    moments[path] = moment
    return moment
  }

  private func machine(after path: [TaskID]) throws -> Scheduler {
    let scheduler = Scheduler(policy: OperatorsChoice())
    try model.setUp(scheduler)
    for task in path {
      try scheduler.pick(task)
      scheduler.step()
    }
    return scheduler
  }
}

extension StepDraws.Draws {
  fileprivate func has(_ task: TaskID) -> Bool { order.contains { $0?.task == task } }

  /// After the step of a task: its priority counts no longer, nor do those of the steps that conflict with it.
  fileprivate func making(_ task: TaskID) -> Self {
    let made = order.first { $0?.task == task } ?? nil
    var next = Self(path: path + [task], order: order)
    guard let made else { return next }
    for place in order.indices {
      guard let pending = order[place] else { continue }
      if pending.task == task || pending.conflicts(with: made) { next.order[place] = nil }
    }
    return next
  }
}

extension StepDraws.Pending {
  fileprivate func conflicts(with other: Self) -> Bool {
    touches.contains { touch in
      other.touches.contains {
        $0.resource == touch.resource && ($0.isChange || touch.isChange)
      }
    }
  }
}
