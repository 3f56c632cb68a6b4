import CorosInsight
import CorosKernel

/// What a page knows at a moment, and how it goes on by itself from one moment to the next.
///
/// A row contains only what differs from that; `player.js` does the same.
struct PageModel {
  /// Why a task is ready, and for how long.
  struct Readiness: Equatable {
    /// -1 if it is not known.
    var since: Int
    /// The ticks that it has waited, less the tick now.
    var offset: Int
    var because: Phrase
  }

  /// What stands for `ticksLeft` when a turn begins, and when it has no end.
  static let newTurn = 0
  static let endless = -1
  /// What stands for it when no task is chosen, when you are to choose one, and, less the number of a task, when
  /// the CPU idles until that task can go on.
  static let noChoice = -2
  static let undecided = -3
  static let awaiting = -3

  var tick: Tick = 0
  var queue: [TaskID] = []
  var keys: [TaskID: Phrase] = [:]
  /// The sort keys as texts.
  var keyTexts: [TaskID: String] = [:]
  var ticksLeft = Self.newTurn
  var states: [TaskID: [Int]] = [:]
  var dispatches: [TaskID: Int] = [:]
  var readiness: [TaskID: Readiness] = [:]
  var why: [TaskID: [Phrase]] = [:]
  /// The sentences of a task that phrases were made of which say the same at any tick.
  var sentences: [TaskID: [String]] = [:]
  var choice: [Phrase] = []
  var objects: [ObjectID: ObjectInfo] = [:]
  var places: [TaskID: [Int]] = [:]
  var variables: [TaskID: [SteppedVariable]] = [:]
  var policy = 0

  /// The task of the last step, its tick, what it did, and the task of the step before.
  var last: TaskID?
  var lastTick: Tick = -1
  var lastDeed = ""
  var previous: TaskID?
  /// What the policy sorted it by before the step.
  var lastKey = ""
  /// The tasks that could have been chosen in the last step as well.
  var others: [Explanation.Rank] = []

  /// Whether no task keeps the CPU.
  private var isTurnNew: Bool { ticksLeft == Self.newTurn || ticksLeft <= Self.noChoice }

  /// The places of the tasks in the ready queue, from 1; a task that keeps the CPU does not stand in it.
  var positions: [Int: Int] {
    let ready = queue.dropFirst(isTurnNew ? 0 : 1)
    return Dictionary(
      uniqueKeysWithValues: zip(ready.map(\.rawValue), 1...)
    )
  }

  /// Goes on by a step of a task, or by a move without one.
  mutating func advance(to tick: Tick, _ task: TaskID?) {
    self.tick = tick
    guard let task else { return }
    others = queue.filter { $0 != task }.map { Explanation.Rank($0, sortKey: keyTexts[$0]) }
    lastKey = keyTexts[task] ?? ""
    (previous, last, lastTick) = (last, task, tick - 1)
    dispatches[task, default: 0] += 1
    if var ready = readiness[task] {
      ready.since = tick
      ready.offset -= 1
      readiness[task] = ready
    }
    if ticksLeft > 0 { ticksLeft -= 1 }
    if isTurnNew {
      queue.removeAll { $0 == task }
      queue.append(task)
    }
  }
}
