import CorosKernel

/// What can go on for ever: the parts of the graph in which a way leads round.
struct EndlessParts {
  /// A state from which a circle begins that is fair to all tasks, and the steps of the circle.
  private(set) var fairCycle: (state: UInt32, steps: [TaskID])?
  /// A state from which no way leads to where no task is ready.
  private(set) var trap: UInt32?

  /// Looks at the whole graph.
  init(_ graph: StateGraph) {
    guard graph.hasCycle else { return }
    trap = Self.trap(in: graph)
    for part in Self.parts(of: graph) {
      if let cycle = Self.fairCycle(in: part, graph) {
        fairCycle = cycle
        return
      }
    }
  }

  /// The first state that was found from which nothing ends.
  private static func trap(in graph: StateGraph) -> UInt32? {
    var ends = ContiguousArray(repeating: false, count: graph.count)
    // States finish after those that they lead to, but for steps back: so a few rounds are enough.
    var changes = true
    while changes {
      changes = false
      for state in graph.finished where !ends[Int(state)] {
        let edges = graph[Int(state)]
        if edges.isEmpty || edges.contains(where: { ends[Int($0.target)] }) {
          ends[Int(state)] = true
          changes = true
        }
      }
    }
    return ends.firstIndex(of: false).map { UInt32(truncatingIfNeeded: $0) }
  }

  // MARK: Circles

  /// The strongly connected parts in which a way leads round, by Tarjan's search without recursion.
  private static func parts(of graph: StateGraph) -> [[UInt32]] {
    var numbers = ContiguousArray(repeating: -1, count: graph.count)
    var lows = ContiguousArray(repeating: 0, count: graph.count)
    var isOnStack = ContiguousArray(repeating: false, count: graph.count)
    var stack: [Int] = []
    var walk: [(state: Int, next: Int)] = []
    var counter = 0
    var parts: [[UInt32]] = []
    for root in 0..<graph.count where numbers[root] < 0 {
      walk.append((root, 0))
      while let (state, next) = walk.last {
        if next == 0 {
          numbers[state] = counter
          lows[state] = counter
          counter += 1
          stack.append(state)
          isOnStack[state] = true
        }
        let edges = graph[state]
        if next < edges.count {
          walk[walk.count - 1].next += 1
          let target = Int(edges[edges.startIndex + next].target)
          if numbers[target] < 0 {
            walk.append((target, 0))
          } else if isOnStack[target] {
            lows[state] = min(lows[state], numbers[target])
          }
          continue
        }
        walk.removeLast()
        if let parent = walk.last?.state { lows[parent] = min(lows[parent], lows[state]) }
        guard lows[state] == numbers[state] else { continue }
        var part: [UInt32] = []
        while let member = stack.popLast() {
          isOnStack[member] = false
          part.append(UInt32(truncatingIfNeeded: member))
          if member == state { break }
        }
        let leadsRound = part.count > 1 || edges.contains { Int($0.target) == state }
        if leadsRound { parts.append(part.reversed()) }
      }
    }
    return parts
  }

  /// A circle in a part in which each task makes a step, or is not ready somewhere.
  private static func fairCycle(
    in part: [UInt32],
    _ graph: StateGraph
  ) -> (state: UInt32, steps: [TaskID])? {
    let members = Set(part)
    var movers: [UInt16: (state: UInt32, target: UInt32)] = [:]
    var readyEverywhere: Set<UInt16>?
    for state in part {
      let edges = graph[Int(state)]
      let ready = Set(edges.map(\.task))
      readyEverywhere = readyEverywhere?.intersection(ready) ?? ready
      for edge in edges where members.contains(edge.target) && movers[edge.task] == nil {
        movers[edge.task] = (state, edge.target)
      }
    }
    for task in readyEverywhere ?? [] where movers[task] == nil { return nil }
    // Round by way of one step of each task that moves, and of the states in which the others are not ready.
    var stops = movers.sorted { $0.key < $1.key }.map { ($0.value.state, Optional($0.key)) }
    let tasks = Set(part.flatMap { graph[Int($0)].map(\.task) })
    for task in tasks.subtracting(movers.keys).sorted() {
      if let state = part.first(where: { !graph[Int($0)].contains { $0.task == task } }) {
        stops.append((state, nil))
      }
    }
    let start = stops[0].0
    var (here, steps) = (start, [TaskID]())
    for (state, mover) in stops {
      steps += way(from: here, to: state, members, graph)
      here = state
      guard let mover, let edge = graph[Int(state)].first(where: { $0.task == mover }) else {
        continue
      }
      steps.append(TaskID(rawValue: Int(mover)))
      here = edge.target
    }
    return (start, steps + way(from: here, to: start, members, graph))
  }

  /// The shortest way within a part.
  private static func way(
    from start: UInt32,
    to end: UInt32,
    _ members: Set<UInt32>,
    _ graph: StateGraph
  ) -> [TaskID] {
    var before: [UInt32: (state: UInt32, task: UInt16)] = [:]
    var queue = [start]
    var next = 0
    while start != end, before[end] == nil, next < queue.count {
      let state = queue[next]
      next += 1
      for edge in graph[Int(state)]
      where members.contains(edge.target) && edge.target != start && before[edge.target] == nil {
        before[edge.target] = (state, edge.task)
        queue.append(edge.target)
      }
    }
    var steps: [TaskID] = []
    var state = end
    while state != start, let (earlier, task) = before[state] {
      steps.append(TaskID(rawValue: Int(task)))
      state = earlier
    }
    return steps.reversed()
  }
}
