import CorosKernel

@testable import CorosInterpreter

/// All that PCT may draw for a program: orders of priorities, and places of change points, each as likely as any other.
///
/// Every run is made on the plain kernel.
struct PriorityDraws {
  let model: Model

  /// The chance that a run fails.
  ///
  /// - Parameters:
  ///   - depth: one more than the number of change points.
  ///   - steps: among how many steps these are drawn.
  /// - Returns: the share of the draws that fail.
  /// - Throws: what making the tasks throws.
  func chance(depth: Int, steps: Int) throws -> Double {
    let orders = Self.orders(of: model.tasks.count)
    var points: [[Int]] = [[]]
    for _ in 1..<depth { points = points.flatMap { list in (0..<steps).map { list + [$0] } } }
    var failing = 0
    for order in orders {
      for list in points where try fails(order.map { $0 + depth }, list) { failing += 1 }
    }
    return Double(failing) / Double(orders.count * points.count)
  }

  private func fails(_ priorities: [Int], _ points: [Int]) throws -> Bool {
    let scheduler = Scheduler(policy: OperatorsChoice())
    try model.setUp(scheduler)
    var priorities = priorities
    var step = 0
    while let first = scheduler.readyQueue.first {
      func highest() -> TaskID {
        scheduler.readyQueue.max { priorities[$0.rawValue - 1] < priorities[$1.rawValue - 1] }
          ?? first
      }
      for (value, point) in points.enumerated() where point == step {
        priorities[highest().rawValue - 1] = value
      }
      try scheduler.pick(highest())
      scheduler.step()
      step += 1
    }
    let hasFailed = scheduler.tasks(includingEnded: true).contains {
      if case .exited(.failed) = $0.state { true } else { false }
    }
    return hasFailed || scheduler.liveTaskCount > 0 || scheduler.brokenCheck(atEnd: true) != nil
  }

  private static func orders(of count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return orders(of: count - 1).flatMap { order in
      (0...order.count).map { place in
        var longer = order
        longer.insert(count - 1, at: place)
        return longer
      }
    }
  }
}
