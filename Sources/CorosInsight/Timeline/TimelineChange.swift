import CorosKernel
import CorosLanguage

/// One change of a task's activity, in 16 bytes.
struct TimelineChange {
  enum Kind: UInt8 {
    case spawned
    /// The task will arrive later.
    case postponed
    case arrived
    /// The task has the CPU, until its next change, the next `ran` or the next `idled`.
    case ran
    /// The CPU is being switched to it, until another change of its own or the next `ran`, `switching` or `idled`.
    case switching
    case waited
    case waitedForLock
    case slept
    case woke
    case stopped
    case continued
    case exited
    case killed
    case failed
    /// No task has the CPU; the change belongs to no task.
    case idled
  }

  /// The first tick to which the change applies.
  let tick: Tick
  private let word: UInt64

  init(_ kind: Kind, _ task: TaskID, at tick: Tick) {
    self.tick = tick
    word = UInt64(task.rawValue) << 8 | UInt64(kind.rawValue)
  }

  /// Whether the task ends with it.
  var isEnd: Bool { [.exited, .killed, .failed].contains(kind) }

  var task: TaskID { TaskID(rawValue: Int(word >> 8)) }

  var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: word)) ?? .idled }
}
