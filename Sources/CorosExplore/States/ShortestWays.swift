import CorosKernel

/// The smallest schedules to states: first by preemptions, then by switches, then by steps.
///
/// Dijkstra's search over the states together with the task that ran last and whether it could have gone on: only
/// these decide what the next step costs.
struct ShortestWays {
  /// A state, and the step that led to it.
  private struct Place: Hashable {
    let state: UInt32
    let task: UInt16
    let couldGoOn: Bool
  }

  private struct Arrival {
    let place: Place
    /// The arrival before; -1 for the first.
    let before: Int32
    let cost: UInt64
  }

  /// The way to the nearest state of each wanted kind.
  private(set) var ways: [Int: [TaskID]] = [:]

  /// Looks for the nearest states.
  ///
  /// - Parameters:
  ///   - graph: the states.
  ///   - kinds: of which kinds a state is; each is found once.
  ///   - count: how many kinds there are.
  init(in graph: StateGraph, to kinds: (UInt32) -> [Int]?, count: Int) {
    guard graph.count > 0, count > 0 else { return }
    var arrivals: ContiguousArray<Arrival> = []
    var queue = CostQueue()
    var known: Set<Place> = []
    queue.append(0, cost: 0)
    arrivals.append(
      Arrival(place: Place(state: graph.first, task: 0, couldGoOn: false), before: -1, cost: 0)
    )
    while ways.count < count, let next = queue.popFirst() {
      let arrival = arrivals[next]
      guard known.insert(arrival.place).inserted else { continue }
      for kind in kinds(arrival.place.state) ?? [] where ways[kind] == nil {
        ways[kind] = Self.way(to: next, arrivals)
      }
      for edge in graph[Int(arrival.place.state)] {
        let place = Place(
          state: edge.target,
          task: edge.task,
          couldGoOn: edge.fate == .ready
        )
        if known.contains(place) { continue }
        let isSwitch = edge.task != arrival.place.task && arrival.place.task != 0
        let cost =
          arrival.cost &+ 1
          &+ (isSwitch ? 1 << 20 : 0)
          &+ (isSwitch && arrival.place.couldGoOn ? 1 << 42 : 0)
        queue.append(arrivals.count, cost: cost)
        arrivals.append(Arrival(place: place, before: Int32(next), cost: cost))
      }
    }
  }

  private static func way(to last: Int, _ arrivals: ContiguousArray<Arrival>) -> [TaskID] {
    var way: [TaskID] = []
    var place = Int32(last)
    while arrivals[Int(place)].before >= 0 {
      way.append(TaskID(rawValue: Int(arrivals[Int(place)].place.task)))
      place = arrivals[Int(place)].before
    }
    return way.reversed()
  }
}

/// Numbers by cost, the lowest first, and among equals in the order in which they came.
private struct CostQueue {
  private var heap: ContiguousArray<(cost: UInt64, number: Int)> = []

  mutating func append(_ number: Int, cost: UInt64) {
    heap.append((cost, number))
    var place = heap.count - 1
    while place > 0, heap[place] < heap[(place - 1) / 2] {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popFirst() -> Int? {
    guard let first = heap.first else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return first.number }
    heap[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if heap[child] < heap[least] { least = child }
      }
      if least == place { return first.number }
      heap.swapAt(place, least)
      place = least
    }
  }
}
