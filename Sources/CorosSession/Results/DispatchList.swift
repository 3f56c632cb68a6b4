import CorosKernel

/// The first tasks that a request ran, in order.
struct DispatchList {
  private(set) var tids: [TaskID] = []
  private var busyTicks: Tick
  static let limit = 100_000

  init(before scheduler: Scheduler) {
    busyTicks = scheduler.busyTicks
  }

  /// Notes which task ran in the last move; none if only the clock moved.
  mutating func note(_ scheduler: Scheduler) {
    guard tids.count < Self.limit else { return }
    let before = busyTicks
    busyTicks = scheduler.busyTicks
    if busyTicks != before, let tid = scheduler.lastDispatched { tids.append(tid) }
  }
}
