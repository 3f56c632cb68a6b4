import CorosKernel

/// A set of tasks: one bit for each task that ever existed.
struct TaskSet {
  private var words: ContiguousArray<UInt64> = []

  func contains(_ task: TaskID) -> Bool {
    let word = task.rawValue >> 6
    return word < words.count && words[word] & (1 << UInt64(task.rawValue & 63)) != 0
  }

  mutating func insert(_ task: TaskID) {
    // Most often it is in already, and what is not written need not be copied.
    if contains(task) { return }
    let word = task.rawValue >> 6
    while words.count <= word { words.append(0) }
    words[word] |= 1 << UInt64(task.rawValue & 63)
  }

  mutating func remove(_ task: TaskID) {
    if contains(task) { words[task.rawValue >> 6] &= ~(1 << UInt64(task.rawValue & 63)) }
  }
}
