import CorosKernel

/// One thing that went wrong in a run.
struct Verdict {
  let kind: ExplorationFailure.Kind
  let tasks: [TaskID]
  let text: String
}

/// What makes two failures the same, in whatever schedule.
struct Signature: Hashable {
  let kind: ExplorationFailure.Kind
  let names: [String]
  let text: String
}

extension Ground {
  func signature(of verdict: Verdict) -> Signature {
    let names = canonicalNames
    return Signature(
      kind: verdict.kind,
      names: verdict.tasks.map { names[$0] ?? "\($0)" },
      text: verdict.kind == .deadlock ? "" : verdict.text
    )
  }

  /// That a task has failed.
  func verdict(onFailureOf task: TaskID) -> Verdict {
    var text = "task \(task) failed"
    if let info = scheduler.info(task), case .exited(let status) = info.state {
      text = "task \(task) (\(info.name)) \(status)"
    }
    return Verdict(kind: .failed, tasks: [task], text: text)
  }

  /// That some tasks wait in a circle.
  func verdict(onCircle circle: [TaskID]) -> Verdict {
    let oldest = circle.indices.min { circle[$0] < circle[$1] } ?? 0
    let tasks = Array(circle[oldest...] + circle[..<oldest])
    let rest = (tasks.dropFirst() + tasks.prefix(1)).map(\.description)
    return Verdict(
      kind: .deadlock,
      tasks: tasks,
      text: "\(clause(on: tasks[0])) \(rest.joined(separator: " → "))"
    )
  }

  /// `task 1 (phil) waits for lock 2, held by task`.
  private func clause(on task: TaskID) -> String {
    guard let info = scheduler.info(task), case .waiting(let reason) = info.state else {
      return "task \(task) waits for task"
    }
    if case .task = reason { return "task \(task) (\(info.name)) waits for task" }
    return "task \(task) (\(info.name)) waits for \(reason), held by task"
  }

  /// That no task can go on: a circle if there is one, or else all that wait.
  func verdict(on deadlock: Deadlock) -> Verdict {
    if let circle = deadlock.circles.first { return verdict(onCircle: circle) }
    return Verdict(
      kind: .deadlock,
      tasks: deadlock.blocked.map(\.tid),
      text: deadlock.blocked.map { "task \($0.tid) (\($0.name)) waits for \($0.reason)" }
        .joined(separator: "; ")
    )
  }
}
