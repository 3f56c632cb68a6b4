import CorosKernel

/// Everything that a replay of a run needs: what came from outside, and when.
///
/// A *moment* counts the moves that take time: a step, or a jump of the clock in which no task ran. What the
/// operator did belongs to the moment at which it was done, in the order in which it was done.
struct History {
  /// What the operator did to a scheduler, at one moment.
  struct Action {
    enum Kind {
      /// It is redone in each run, whatever chooses the steps.
      case act
      /// It chooses the next task, or the policy.
      case choosing
      /// It sets the seed of the random numbers.
      case seeding(UInt64)
      /// It belongs to a call of the operator's that blocks, or wakes tasks without running any.
      case waiting
    }

    let moment: Int
    let label: String
    let kind: Kind
    /// What the caller of `act` wants to know of it later.
    let note: Any?
    /// How the action failed, as some system calls do; nil when it succeeded.
    let failure: String?
    /// Redoes the action, and returns how it fails now; what throws has changed nothing.
    let redo: (Scheduler) throws -> String?
  }

  /// In the order in which they were done.
  private(set) var actions: [Action] = []
  /// Which task ran in each move, and when.
  private var steps = StepLog()
  /// The moves in which no task ran, and the limit at which the clock was to stop.
  private(set) var jumps: [(moment: Int, limit: Tick)] = []
  /// The moves in which a schedule chose the task, not the policy.
  private(set) var picked: [Range<Int>] = []

  /// Which task ran in each move; 0 where only the clock moved.
  var choices: ChoiceLog { steps.choices }
  /// The tick of each moment.
  var ticks: TickLog { steps.ticks }
  // Stored, since each move asks for it, and to ask the log is to count references.
  /// The number of moves: the last moment.
  private(set) var count = 0
  /// The number of moves while the kernel records some: until `endRecording`, `count` is behind.
  var countSoFar: Int { steps.count }

  // MARK: Recording

  mutating func append(_ action: Action) { actions.append(action) }

  /// The log of the steps, for the kernel to fill; no copy of this history made before shares it.
  mutating func beginRecording() -> StepLog {
    if !isKnownUniquelyReferenced(&steps) { steps = steps.prefix(count) }
    return steps
  }

  /// Counts what the kernel has recorded.
  mutating func endRecording() {
    count = steps.count
  }

  /// Records that a task ran, and the tick after it.
  mutating func appendStep(of task: TaskID, until now: Tick) {
    beginRecording().append(task, until: now)
    endRecording()
  }

  /// Records that a task ran because a schedule chose it.
  mutating func appendPickedStep(of task: TaskID, until now: Tick) {
    if let last = picked.last, last.upperBound == count {
      picked[picked.count - 1] = last.lowerBound..<count + 1
    } else {
      picked.append(count..<count + 1)
    }
    appendStep(of: task, until: now)
  }

  /// Records that only the clock moved.
  mutating func appendJump(limit: Tick, until now: Tick) {
    jumps.append((count, limit))
    appendStep(of: .operator, until: now)
  }

  // MARK: Looking up

  /// The index of the first action at this moment or a later one.
  func firstAction(at moment: Int) -> Int {
    partition(actions.count) { actions[$0].moment < moment }
  }

  /// The index of the first jump at this moment or a later one.
  func firstJump(at moment: Int) -> Int {
    partition(jumps.count) { jumps[$0].moment < moment }
  }

  /// The index of the first stretch of picked moves that ends after this moment.
  func firstPicked(at moment: Int) -> Int {
    partition(picked.count) { picked[$0].upperBound <= moment }
  }

  /// The history up to a moment, including the actions at it; O(n).
  func through(_ moment: Int) -> History {
    var result = self
    result.actions.removeLast(actions.count - firstAction(at: moment + 1))
    result.steps = steps.prefix(moment)
    result.endRecording()
    result.jumps.removeLast(jumps.count - firstJump(at: moment))
    result.picked = picked.compactMap { range in
      range.lowerBound < moment ? range.lowerBound..<min(range.upperBound, moment) : nil
    }
    return result
  }

  /// The first number for which a condition does not hold, which holds for all below and none above.
  private func partition(_ count: Int, _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
