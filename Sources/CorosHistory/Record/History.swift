import CorosKernel

/// All that it takes to bring a run about once more: what came from outside, and when.
///
/// A *moment* counts the moves that take time: a step, or a jump of the clock in which nobody ran. What the
/// operator did belongs to the moment at which it was done, in the order in which it was.
struct History {
  /// What somebody outside did to a scheduler, at one moment.
  struct Action {
    enum Kind {
      /// It is done again in each run, whoever chooses the order of the steps.
      case order
      /// It says who runs next, or how that is decided.
      case choosing
      /// It says where the random numbers begin.
      case seeding(UInt64)
      /// It has to do with a call of the operator's that blocks, or with the standing of the clock.
      case waiting
    }

    let moment: Int
    let label: String
    let kind: Kind
    /// What whoever did it wants to know of it later.
    let note: Any?
    let redo: (Scheduler) throws -> Void
  }

  /// In the order in which they were done.
  private(set) var actions: [Action] = []
  /// Who ran in each move; 0 where only the clock moved.
  private(set) var choices = ChoiceLog()
  private(set) var ticks = TickLog()
  /// The moves in which nobody ran, and the limit at which the clock was to stop.
  private(set) var jumps: [(moment: Int, limit: Tick)] = []
  /// The moves in which the choice was not the policy's but was given.
  private(set) var picked: [Range<Int>] = []

  /// How many moves there are: the last moment.
  var count: Int { choices.count }

  // MARK: Recording

  mutating func append(_ action: Action) { actions.append(action) }

  /// Notes that a task ran, and what the clock shows after it.
  @inline(__always)
  mutating func appendStep(of task: TaskID, until now: Tick) {
    choices.append(task)
    ticks.append(now)
  }

  /// Notes that a task ran because it was told to.
  mutating func appendPickedStep(of task: TaskID, until now: Tick) {
    if let last = picked.last, last.upperBound == count {
      picked[picked.count - 1] = last.lowerBound..<count + 1
    } else {
      picked.append(count..<count + 1)
    }
    appendStep(of: task, until: now)
  }

  /// Notes that only the clock moved.
  mutating func appendJump(limit: Tick, until now: Tick) {
    jumps.append((count, limit))
    appendStep(of: .operator, until: now)
  }

  // MARK: Looking up

  /// Where the actions of a moment begin among all: the first at this moment or a later one.
  func firstAction(at moment: Int) -> Int {
    partition(actions.count) { actions[$0].moment < moment }
  }

  /// Where the jumps from this moment on begin among all.
  func firstJump(at moment: Int) -> Int {
    partition(jumps.count) { jumps[$0].moment < moment }
  }

  /// Where the stretches of picked moves from this moment on begin among all.
  func firstPicked(at moment: Int) -> Int {
    partition(picked.count) { picked[$0].upperBound <= moment }
  }

  /// The history up to a moment, with what was done at it; O(n).
  func through(_ moment: Int) -> History {
    var result = self
    result.actions.removeLast(actions.count - firstAction(at: moment + 1))
    result.choices = choices.prefix(moment)
    result.ticks = ticks.through(moment)
    result.jumps.removeLast(jumps.count - firstJump(at: moment))
    result.picked = picked.compactMap { range in
      range.lowerBound < moment ? range.lowerBound..<min(range.upperBound, moment) : nil
    }
    return result
  }

  /// How many numbers from 0 on a condition holds for, which then holds for none above.
  private func partition(_ count: Int, _ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
