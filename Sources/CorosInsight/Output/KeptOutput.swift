package import CorosKernel

/// The most recent output of one task, up to a limit of bytes; the oldest texts are dropped.
package struct KeptOutput {
  /// The number of times the task has written.
  private(set) var writtenCount = 0
  /// The number of bytes the task has written, with a newline for each time.
  package private(set) var writtenBytes = 0
  /// The number of those bytes that are not kept.
  package private(set) var droppedBytes = 0
  /// The memory charged, in bytes: the texts, and an overhead for each.
  private(set) var cost = 0

  private var texts: ContiguousArray<String> = []
  private var oldest = 0

  /// The charge for each text besides its bytes, so that empty texts have a price, too.
  private static let overhead = 16

  /// The kept texts, oldest first; the first may have lost its beginning.
  package var kept: ArraySlice<String> { ArraySlice(texts[oldest...]) }

  /// Adds a text, and drops the oldest ones beyond the limit.
  package mutating func append(_ text: String, limit: Int) {
    writtenCount += 1
    writtenBytes += text.utf8.count + 1
    let end = text.tail(bytes: max(0, limit - Self.overhead))
    droppedBytes += text.utf8.count - end.utf8.count
    texts.append(end)
    cost += end.utf8.count + Self.overhead
    trim(to: limit)
  }

  /// Drops the oldest texts until the others fit.
  mutating func trim(to limit: Int) {
    while cost > limit, oldest < texts.count {
      droppedBytes += texts[oldest].utf8.count + 1
      cost -= texts[oldest].utf8.count + Self.overhead
      texts[oldest] = ""
      oldest += 1
    }
    // Reclaims the space of dropped texts now and then: O(1) per text.
    if oldest > 32, oldest > texts.count / 2 {
      texts.removeFirst(oldest)
      oldest = 0
    }
  }
}

/// The most recent output of all tasks of a machine.
///
/// Each task has a limit, and all tasks together have one, too. Beyond the common limit, tasks that have not
/// written for long are forgotten first.
package struct OutputStore {
  /// The maximum number of bytes kept of one task.
  package var limit = Self.standardLimit {
    didSet { trim() }
  }

  static let standardLimit = 16_384
  /// The maximum number of bytes kept of all tasks, unless a single limit is larger.
  private static let totalLimit = 16 << 20
  /// The charge for each task besides its output.
  private static let overhead = 128

  private struct Record {
    var output = KeptOutput()
    /// Whether the task has written again since it was last considered for removal.
    var isRecent = false

    mutating func append(_ text: String, limit: Int) -> (cost: Int, isFirst: Bool) {
      let (before, isFirst) = (output.cost, output.writtenCount == 0)
      isRecent = !isFirst
      output.append(text, limit: limit)
      return (output.cost - before, isFirst)
    }
  }

  private var outputs: [TaskID: Record] = [:]
  /// The tasks that have written, in the order in which they are considered for removal.
  private var queue: ContiguousArray<TaskID> = []
  private var next = 0
  private var cost = 0
  /// Whether all output of some task has been forgotten.
  package private(set) var hasForgotten = false

  package subscript(task: TaskID) -> KeptOutput? { outputs[task]?.output }

  /// Keeps a text of a task; O(1) amortised, and O(n) in the length of a long text.
  package mutating func append(_ text: String, by task: TaskID) {
    let growth = outputs[task, default: Record()].append(text, limit: limit)
    cost += growth.cost
    if growth.isFirst {
      queue.append(task)
      cost += Self.overhead
    }
    while cost > max(Self.totalLimit, limit + Self.overhead), outputs.count > 1 { forgetOne() }
  }

  private mutating func trim() {
    cost = 0
    for task in queue[next...] {
      outputs[task]?.output.trim(to: limit)
      cost += (outputs[task]?.output.cost ?? 0) + Self.overhead
    }
  }

  /// Forgets the first task that has not written since it was last considered (the clock algorithm).
  private mutating func forgetOne() {
    let task = queue[next]
    next += 1
    if outputs[task]?.isRecent == true {
      outputs[task]?.isRecent = false
      queue.append(task)
    } else if let record = outputs.removeValue(forKey: task) {
      cost -= record.output.cost + Self.overhead
      hasForgotten = true
    }
    if next > queue.count / 2 {
      queue.removeFirst(next)
      next = 0
    }
  }
}
