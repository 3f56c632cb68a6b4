/// A kind of mistake in a program that is easy to miss.
package enum Lint: String, CaseIterable, Sendable {
  case spinning
  case starving
  case circle
  case unseen
  case orphan
  case order
  case lost
  case inversion
  case handles

  /// What the lint finds.
  package var summary: String {
    switch self {
    case .spinning: "a task only yields, and no other task runs"
    case .starving: "a task is ready for long, and does not run"
    case .circle: "tasks that wait for each other while others go on"
    case .unseen: "a child failed, and no task has asked how it ended"
    case .orphan: "a task ended while it held a lock"
    case .order: "tasks take the same locks in different orders"
    case .lost: "a task waits for a notification that came too early"
    case .inversion: "tasks of lower priority keep one waiting for a lock"
    case .handles: "as many handles are open as may be, or nearly"
    }
  }

  /// What a finding means, and how to respond.
  package var advice: String {
    switch self {
    case .spinning:
      "to wait for something without using the CPU, sleep, or wait for a task or a channel"
    case .starving: "`why TID` says which tasks go before it, and `policy` changes the rule"
    case .circle:
      "none of them ever goes on by itself; `why TID` tells the circle, and `kill` breaks it"
    case .unseen: "a parent that waits for its children learns how they end"
    case .orphan:
      "`withLock` gives a lock back whichever way its body ends; only after a kill does the kernel have to"
    case .order:
      "if each has its first lock before another asks for it, none can go on; take locks in one order everywhere"
    case .lost:
      "a condition remembers no notification; look under the mutex whether there is anything to wait for, in a loop"
    case .inversion:
      "hold locks for a short time, or give the holder a higher priority meanwhile: `priority TID N`"
    case .handles:
      "`handles` lists them with their tasks; close what is not needed any more, or allow more by `limit handles N`"
    }
  }
}
