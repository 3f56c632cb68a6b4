/// Looks now and then, from outside the machine's thread, whether a task has not come back.
///
/// A task that loops without a system call stops everything, the monitor as well: nobody can be answered. So this is
/// the only part of a monitor with a thread of its own, and it only reports.
final class Watchdog {
  let heartbeat: Heartbeat
  private let watching: Task<Void, Never>

  /// Begins to watch.
  ///
  /// - Parameters:
  ///   - limit: How long a step may take, in milliseconds.
  ///   - clock: A clock that only goes forward, in milliseconds.
  ///   - report: Told of a task and of how long it has not come back, in milliseconds, on another thread.
  init(
    limit: Int,
    clock: @escaping @Sendable () -> Int,
    report: @escaping @Sendable (_ task: Int, _ milliseconds: Int) -> Void
  ) {
    let heartbeat = Heartbeat(limit: limit, clock: clock)
    self.heartbeat = heartbeat
    watching = Task.detached(priority: .high) {
      var reported: Int?
      while !Task.isCancelled {
        try? await Task.sleep(for: .milliseconds(max(1, limit / 4)))
        if let (task, time) = heartbeat.overdueTask(besides: &reported) { report(task, time) }
      }
    }
  }

  deinit { watching.cancel() }
}
