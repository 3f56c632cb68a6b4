import CorosKernel

/// Some steps of one task in a row.
struct Stretch: Hashable {
  var task: TaskID
  /// The most steps.
  var count: Int

  static func stretches(of path: some Sequence<TaskID>) -> [Stretch] {
    var result: [Stretch] = []
    for task in path {
      if result.last?.task == task {
        result[result.count - 1].count += 1
      } else {
        result.append(Stretch(task: task, count: 1))
      }
    }
    return result
  }
}
