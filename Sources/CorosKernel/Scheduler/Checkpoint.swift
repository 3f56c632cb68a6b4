/// A scheduler as it stood between two steps: its tasks, queues, clock, policy and random numbers.
///
/// It is a copy, which nothing that the scheduler does later changes; one checkpoint can be restored any
/// number of times, in any scheduler. Observers are no part of it.
public struct Checkpoint {
  private final class Copy {
    let state: KernelState

    init(_ state: consuming KernelState) { self.state = state }
  }

  private let copy: Copy
  fileprivate let eventCount: Int

  fileprivate init(_ state: consuming KernelState, eventCount: Int) {
    copy = Copy(state)
    self.eventCount = eventCount
  }

  /// The tick at which it was made.
  public var tick: Tick { copy.state.now }

  fileprivate func makeState() -> KernelState { copy.state.copy() }
}

/// Why a scheduler cannot be copied: these tasks are async functions, whose place cannot be copied.
public struct NotCopyable: Error, Hashable, Sendable, CustomStringConvertible {
  /// The tasks in the async form, oldest first.
  public let tasks: [TaskID]

  /// The tasks, in a sentence without a full stop.
  public var description: String {
    "cannot copy a scheduler with async tasks: "
      + tasks.map(\.description).joined(separator: ", ")
  }
}

extension Scheduler {
  /// Copies the machine, all of whose tasks must be state machines.
  ///
  /// - Returns: the copy, independent of the original. O(n) in the live and remembered tasks.
  /// - Throws: `NotCopyable`, naming the async tasks.
  public func checkpoint() throws(NotCopyable) -> Checkpoint {
    guard state.isCopyable else { throw NotCopyable(tasks: state.asyncTasks) }
    return entering {
      var copy = state.copy()
      // A checkpoint never contains the operator's pending wait.
      copy.giveUpOperatorsCall()
      return Checkpoint(copy, eventCount: eventCount)
    }
  }

  /// A copy in which the operator waits on, if it does; nil when a task is an async function.
  package func checkpointIfCopyable() -> Checkpoint? {
    guard state.isCopyable else { return nil }
    return entering { Checkpoint(state.copy(), eventCount: eventCount) }
  }

  /// Goes back, or forward, to a checkpoint; observers stay, and are not told.
  ///
  /// The tasks that live now go away: async ones are ended, their `defer`s run. O(n).
  ///
  /// - Parameter checkpoint: of this scheduler or of another.
  public func restore(_ checkpoint: Checkpoint) {
    entering {
      state = checkpoint.makeState()
      eventCount = checkpoint.eventCount
      parked = []
      updateInterests()
    }
  }
}

extension KernelState {
  /// Whether no live task is an async function.
  var isCopyable: Bool {
    for index in 0..<tasks.count where tasks.isTaken(Slot(index)) {
      if self[Slot(index)].isAsync { return false }
    }
    return true
  }

  /// The live tasks that are async functions, oldest first.
  fileprivate var asyncTasks: [TaskID] {
    registry.liveTasks.filter { tid in slot(of: tid).map { self[$0].isAsync } ?? false }
  }
}
