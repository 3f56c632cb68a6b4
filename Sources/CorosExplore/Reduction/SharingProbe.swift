import CorosKernel

/// Looks for what tasks share without a call that shows it: it makes the steps of a run in other orders that should not
/// matter, and compares what each task has done.
///
/// Where an order matters that no footprint shows, a run does not stand for its class. That nothing was found is no
/// proof: only some orders of some runs are tried.
struct SharingProbe {
  /// The longest run that is made in other orders.
  private static let longest = 2_000
  /// How many of the first runs are; after them every one whose number is a power of two.
  private static let first = 16

  private let properties: [Property]
  private var runs = 0
  private(set) var found: HiddenSharing?

  init(_ properties: [Property]) {
    self.properties = properties.filter { $0.time == .finally }
  }

  /// Makes the steps of the run that has just ended in other orders, and then as they were.
  mutating func examine(_ trace: Trace, on ground: Ground) throws {
    runs += 1
    let isDue = runs <= Self.first || runs & (runs - 1) == 0
    guard isDue, found == nil, trace.count > 1, trace.count <= Self.longest else { return }
    let given = Array(0..<trace.count)
    // A run that fails or is cut short has a part of its steps only, in which there is as much to be seen.
    let path = Array(ground.path)
    guard path.count == trace.count else { return }
    let outcome = try outcome(of: path, on: ground)
    var numbers = RandomNumbers(seed: UInt64(runs))
    for kind in 0..<4 {
      let other = trace.order { ready, last in
        switch kind {
        case 0: ready.first { $0.task > last } ?? ready[0]
        case 1: ready[ready.count - 1]
        default: ready[numbers.next(below: ready.count)]
        }
      }
      if other == given { continue }
      if try self.outcome(of: other.map { path[$0] }, on: ground) != outcome {
        found = try culprits(between: given, and: other, path, outcome, on: ground)
        break
      }
    }
    try ground.repeatWay(path)
  }

  /// What each task has done, and what is broken at the end: the steps of tasks that share nothing may change places
  /// without any difference.
  private typealias Outcome = [TaskID: [String]]

  /// Makes steps; those that cannot be made are a difference, too.
  private func outcome(of path: [TaskID], on ground: Ground) throws -> Outcome {
    try ground.reset()
    let log = EventLog([.calls, .lives, .output], limit: .max)
    let listened = ground.isListening
    ground.scheduler.exchangeObservers(for: [log])
    defer { if listened { ground.listen() } else { ground.ignore() } }
    var outcome: Outcome = [:]
    for task in path {
      guard ground.settle(), ground.ready.contains(task), try ground.step(task) != .postponed else {
        outcome[task, default: []].append("cannot run")
        break
      }
    }
    for event in log.events { outcome[event.task, default: []].append("\(event.action)") }
    outcome[.operator, default: []] += properties.compactMap { $0.broken(ground.scheduler) }
    return outcome
  }

  /// The two tasks whose steps must not change places, found by halving the way from one order to the other.
  private func culprits(
    between given: [Int],
    and other: [Int],
    _ path: [TaskID],
    _ outcome: Outcome,
    on ground: Ground
  ) throws -> HiddenSharing {
    let swaps = Self.swaps(from: given, to: other)
    func order(after count: Int) -> [Int] {
      var order = given
      for place in swaps.prefix(count) { order.swapAt(place, place + 1) }
      return order
    }
    var (same, different) = (0, swaps.count)
    while different - same > 1 {
      let middle = (same + different) / 2
      let isSame =
        try self.outcome(of: order(after: middle).map { path[$0] }, on: ground) == outcome
      if isSame { same = middle } else { different = middle }
    }
    let place = swaps[same]
    let last = order(after: same)
    try ground.repeatWay(last.prefix(place).map { path[$0] })
    return HiddenSharing(
      tasks: [path[last[place]], path[last[place + 1]]].sorted(),
      tick: ground.scheduler.now
    )
  }

  /// The places at which neighbours change places, one after the other, to get from one order to another.
  private static func swaps(from given: [Int], to other: [Int]) -> [Int] {
    var order = given
    var swaps: [Int] = []
    for (target, event) in other.enumerated() {
      guard var place = order.firstIndex(of: event) else { continue }
      while place > target {
        place -= 1
        order.swapAt(place, place + 1)
        swaps.append(place)
      }
    }
    return swaps
  }
}

extension Trace {
  /// The same steps in another order, in which each comes after all that it depends on.
  ///
  /// - Parameter choose: gets the steps that can be next, by task, and the task of the last one; returns one of them.
  /// - Returns: the steps, by their places in this order.
  func order(
    choosing choose: (_ ready: [(task: Int, event: Int)], _ last: Int) -> (task: Int, event: Int)
  ) -> [Int] {
    let steps = steps
    var next = ContiguousArray(repeating: 0, count: steps.count)
    var result: [Int] = []
    var last = 0
    while result.count < count {
      var ready: [(task: Int, event: Int)] = []
      for task in steps.indices where next[task] < steps[task].count {
        let event = steps[task][next[task]]
        let isReady = steps.indices.allSatisfy { other in
          other == task || next[other] == steps[other].count
            || !comesBefore(steps[other][next[other]], event)
        }
        if isReady { ready.append((task, event)) }
      }
      let chosen = choose(ready, last)
      result.append(chosen.event)
      next[chosen.task] += 1
      last = chosen.task
    }
    return result
  }
}
