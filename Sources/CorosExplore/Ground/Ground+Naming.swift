import CorosKernel

// What tasks and ways are called.

extension Ground {
  /// The names of all tasks by where they come from: the tasks of the beginning by their ids, the first child that task
  /// 2 has since by `2.1`.
  var canonicalNames: [TaskID: String] {
    var names: [TaskID: String] = [:]
    var births: [TaskID: Int] = [:]
    for task in scheduler.tasks(includingEnded: true) {
      if task.tid <= oldTasks {
        names[task.tid] = "\(task.tid)"
      } else {
        births[task.creator, default: 0] += 1
        let parent = names[task.creator] ?? "\(task.creator)"
        names[task.tid] = "\(parent).\(births[task.creator, default: 0])"
      }
    }
    return names
  }

  /// The size of the way.
  var size: ExplorationFailure.Size {
    var (preemptions, switches) = (0, 0)
    for index in path.indices.dropFirst() where path[index] != path[index - 1] {
      switches += 1
      if fates[index - 1] == .ready { preemptions += 1 }
    }
    return ExplorationFailure.Size(preemptions: preemptions, switches: switches, steps: depth)
  }
}
