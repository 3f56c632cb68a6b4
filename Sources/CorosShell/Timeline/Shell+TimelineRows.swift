package import CorosInsight
package import CorosKernel
import CorosSession

extension Shell {
  /// The rows of some tasks, with the deadlock that the run has ended in.
  package func timelineRows(
    of tasks: some Sequence<TaskID>,
    in range: Range<Tick>
  ) -> [TimelineRow] {
    let now = scheduler.now
    var rows = session.recorders.timeline.rows(of: Array(tasks), in: range, now: now)
    guard range.upperBound >= now,
      let deadlock = scheduler.lastDispatched.flatMap({ scheduler.deadlock(after: $0) })
    else { return rows }
    let blocked = Swift.Set(deadlock.blocked.map(\.tid))
    for index in rows.indices { rows[index].isDeadlocked = blocked.contains(rows[index].tid) }
    return rows
  }
}
