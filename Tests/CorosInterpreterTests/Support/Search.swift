@testable import CorosInterpreter
@testable import CorosKernel

/// All states that some tasks can reach, whichever of them goes next.
struct Search {
  /// The shared values where all tasks have ended, as text.
  var finals: Set<String> = []
  /// The steps of the shortest way to a deadlock, and to a failure.
  var shortestDeadlock: Int?
  var shortestFailure: Int?
  var states = 0

  /// What a machine is like between two steps, apart from the time.
  private struct Key: Hashable {
    let tasks: [InterpretedTask?]
    let places: [String]
    let objects: [String]
  }

  /// Looks at all states, those with fewer steps first.
  init(_ run: TypedRun, most: Int = 20_000) throws {
    let scheduler = run.scheduler
    scheduler.remove(run.log)
    scheduler.use(OperatorsChoice())
    var seen: Set<Key> = [Self.key(scheduler)]
    var layer = [try scheduler.checkpoint()]
    var depth = 0
    while !layer.isEmpty, states < most {
      var next: [Checkpoint] = []
      for checkpoint in layer {
        states += 1
        scheduler.restore(checkpoint)
        let failed = scheduler.tasks(includingEnded: true).contains {
          if case .exited(.failed) = $0.state { true } else { false }
        }
        if failed, shortestFailure == nil { shortestFailure = depth }
        let ready = scheduler.readyQueue
        if ready.isEmpty {
          if scheduler.liveTaskCount > 0 {
            if shortestDeadlock == nil { shortestDeadlock = depth }
          } else if !failed {
            finals.insert(
              run.values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                .joined(separator: " ")
            )
          }
        }
        for task in ready {
          scheduler.restore(checkpoint)
          try scheduler.pick(task)
          scheduler.step()
          if seen.insert(Self.key(scheduler)).inserted { next.append(try scheduler.checkpoint()) }
        }
      }
      layer = next
      depth += 1
    }
  }

  private static func key(_ scheduler: Scheduler) -> Key {
    let tasks = Array(scheduler.tasks(includingEnded: true))
    return Key(
      tasks: tasks.map { task in
        scheduler.state.slot(of: task.tid).flatMap {
          scheduler.state[$0].coroutine as? InterpretedTask
        }
      },
      places: tasks.map { task in
        let failure = scheduler.state.slot(of: task.tid).flatMap { scheduler.state[$0].keptFailure }
        return "\(task.state) \(task.accounting.dispatches > 0) \(failure.map { "\($0)" } ?? "")"
      },
      objects: scheduler.objects.map { object in
        "\(object.summary) \(object.holders.map(\.task)) \(object.waiters.map { ($0.task, $0.mode) })"
      }
    )
  }
}
