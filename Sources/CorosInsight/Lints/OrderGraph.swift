import CorosKernel

/// In which order tasks take locks: who asked for which lock while it held which.
///
/// A circle in it is a deadlock that another schedule may bring, though none has come yet. A circle is harmless if all
/// its steps were one task's, or if all were made under one further lock, the gate.
struct OrderGraph {
  /// A lock, and whether a task shares it with others.
  struct Place: Hashable {
    let lock: ObjectID
    let isShared: Bool
  }

  /// That a task asked for a lock while it held another.
  struct Request: Hashable {
    let task: TaskID
    let tick: Tick
    /// The other locks that it held.
    let gates: Swift.Set<ObjectID>
  }

  /// One step of a circle: who asked for a lock while holding the one before.
  struct Step: Hashable {
    let lock: ObjectID
    let task: TaskID
    let tick: Tick
  }

  private struct Edge {
    let target: ObjectID
    var requests: [Request]
  }

  private var edges: [ObjectID: [Edge]] = [:]
  private(set) var size = 0
  /// The circles that were found, each as the set of its locks.
  private var found: Swift.Set<Swift.Set<ObjectID>> = []

  /// The most requests that are kept, and the most of one lock while holding one other.
  private static let (most, mostOfOne) = (100_000, 8)
  /// The most locks that are looked at for one circle.
  private static let mostSteps = 1_000

  /// Notes that a task asks for a lock, and looks for a new circle.
  ///
  /// - Parameters:
  ///   - asked: The lock.
  ///   - held: What the task holds.
  ///   - task: The task.
  ///   - tick: The tick.
  /// - Returns: The way from `asked` to a lock that the task holds, by the earlier requests; nil when there is no circle
  ///   that was not found before.
  mutating func note(
    _ asked: Place,
    held: [Place],
    by task: TaskID,
    at tick: Tick
  ) -> [Step]? {
    var circle: [Step]?
    for place in held where place.lock != asked.lock && !(place.isShared && asked.isShared) {
      let gates = Swift.Set(held.map(\.lock)).subtracting([place.lock, asked.lock])
      let request = Request(task: task, tick: tick, gates: gates)
      guard add(request, from: place.lock, to: asked.lock), circle == nil else { continue }
      var search = Search(goal: place.lock, tasks: [task], gates: nil)
      search.gates = gates
      guard let steps = way(from: asked.lock, &search),
        found.insert(Swift.Set(steps.map(\.lock) + [asked.lock])).inserted
      else { continue }
      circle = steps
    }
    return circle
  }

  /// Keeps a request, unless it says no more than one that is kept.
  private mutating func add(_ request: Request, from held: ObjectID, to asked: ObjectID) -> Bool {
    guard size < Self.most else { return false }
    var list = edges[held] ?? []
    if let index = list.firstIndex(where: { $0.target == asked }) {
      let known = list[index].requests
      if known.count >= Self.mostOfOne
        || known.contains(where: { $0.task == request.task && $0.gates.isSubset(of: request.gates) }
        )
      {
        return false
      }
      list[index].requests.append(request)
    } else {
      list.append(Edge(target: asked, requests: [request]))
    }
    edges[held] = list
    size += 1
    return true
  }

  /// A way that is being looked for.
  private struct Search {
    let goal: ObjectID
    var tasks: Swift.Set<TaskID>
    /// The locks under which all requests on the way were made.
    var gates: Swift.Set<ObjectID>?
    var visited: Swift.Set<ObjectID> = []
    var steps = 0
  }

  private func way(from start: ObjectID, _ search: inout Search) -> [Step]? {
    if start == search.goal {
      return search.tasks.count > 1 && search.gates?.isEmpty ?? true ? [] : nil
    }
    search.steps += 1
    guard search.steps <= Self.mostSteps, search.visited.insert(start).inserted else { return nil }
    defer { search.visited.remove(start) }
    for edge in edges[start] ?? [] {
      for request in edge.requests {
        var next = search
        next.tasks.insert(request.task)
        next.gates = search.gates?.intersection(request.gates)
        let rest = way(from: edge.target, &next)
        search.steps = next.steps
        if let rest {
          return [Step(lock: edge.target, task: request.task, tick: request.tick)] + rest
        }
      }
    }
    return nil
  }
}
