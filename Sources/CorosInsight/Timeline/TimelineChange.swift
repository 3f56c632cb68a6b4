import CorosKernel
import CorosLanguage

/// One change in what a task is doing, in 16 bytes.
struct TimelineChange {
  enum Kind: UInt8 {
    case spawned
    /// It is to arrive later.
    case postponed
    case arrived
    /// It has the CPU, until another change of its own, the next `ran` or the next `idled`.
    case ran
    /// The CPU is being switched to it, until another change of its own or the next `ran`, `switching` or `idled`.
    case switching
    case waited
    case slept
    case woke
    case stopped
    case continued
    case exited
    /// Nobody has the CPU; the change is of no task.
    case idled
  }

  /// The first tick in which it holds.
  let tick: Tick
  private let word: UInt64

  init(_ kind: Kind, _ task: TaskID, at tick: Tick) {
    self.tick = tick
    word = UInt64(task.rawValue) << 8 | UInt64(kind.rawValue)
  }

  var task: TaskID { TaskID(rawValue: Int(word >> 8)) }

  var kind: Kind { Kind(rawValue: UInt8(truncatingIfNeeded: word)) ?? .idled }
}
