package import CorosKernel

/// The end of what one task has written, up to a limit of bytes; beyond it the oldest is dropped.
package struct KeptOutput {
  /// How many times the task has written.
  private(set) var writtenCount = 0
  /// How many bytes it has written, a newline for each time.
  package private(set) var writtenBytes = 0
  /// How many bytes of that are not kept.
  package private(set) var droppedBytes = 0
  /// What it holds, in bytes: the texts, and what a text costs beside its bytes.
  private(set) var cost = 0

  private var texts: ContiguousArray<String> = []
  private var oldest = 0

  /// What each text counts for beside its bytes, so that empty ones have a price, too.
  private static let overhead = 16

  /// The texts kept, oldest first; of the first perhaps only the end.
  package var kept: ArraySlice<String> { ArraySlice(texts[oldest...]) }

  /// Keeps a text, and drops what is then too old.
  package mutating func append(_ text: String, limit: Int) {
    writtenCount += 1
    writtenBytes += text.utf8.count + 1
    let end = text.tail(bytes: max(0, limit - Self.overhead))
    droppedBytes += text.utf8.count - end.utf8.count
    texts.append(end)
    cost += end.utf8.count + Self.overhead
    trim(to: limit)
  }

  /// Drops the oldest texts until the rest fits.
  mutating func trim(to limit: Int) {
    while cost > limit, oldest < texts.count {
      droppedBytes += texts[oldest].utf8.count + 1
      cost -= texts[oldest].utf8.count + Self.overhead
      texts[oldest] = ""
      oldest += 1
    }
    // The room of what was dropped is used again now and then, which costs O(1) a text.
    if oldest > 32, oldest > texts.count / 2 {
      texts.removeFirst(oldest)
      oldest = 0
    }
  }
}

/// What the tasks of a machine have written, as far as it is kept.
///
/// Each task has a share of its own, and all together have a bound, too: when it is passed, those who have
/// not written for long are forgotten first.
package struct OutputStore {
  /// The most bytes kept of one task.
  package var limit = Self.standardLimit {
    didSet { trim() }
  }

  static let standardLimit = 16_384
  /// The most bytes kept of all tasks, unless a single share is larger.
  private static let totalLimit = 16 << 20
  /// What a task counts for beside what it has written.
  private static let overhead = 128

  private struct Record {
    var output = KeptOutput()
    /// Whether it has written once more since it was last considered for being forgotten.
    var isRecent = false

    mutating func append(_ text: String, limit: Int) -> (cost: Int, isFirst: Bool) {
      let (before, isFirst) = (output.cost, output.writtenCount == 0)
      isRecent = !isFirst
      output.append(text, limit: limit)
      return (output.cost - before, isFirst)
    }
  }

  private var outputs: [TaskID: Record] = [:]
  /// Those that have written, in the order in which they are considered for being forgotten.
  private var queue: ContiguousArray<TaskID> = []
  private var next = 0
  private var cost = 0
  /// Whether what some task has written is forgotten altogether.
  package private(set) var hasForgotten = false

  package subscript(task: TaskID) -> KeptOutput? { outputs[task]?.output }

  /// Keeps what a task has written; O(1) amortised, and O(n) in a long text.
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

  /// Forgets the first that has not written since it was considered last (the clock algorithm).
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
