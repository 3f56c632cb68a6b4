import CorosKernel

/// Stopping ready tasks in the middle of the queue, and continuing them; the time covers both.
enum Stopping {
  static func async(_ load: Measure.Load) throws -> Measure.Reading {
    let scheduler = makeScheduler()
    var line = TaskLine()
    line.append(
      try (0..<load.tasks).map { _ in
        try scheduler.createTask { os in
          while true { try await os.yield() }
        }
      }
    )
    scheduler.run(ticks: load.tasks)
    var (pairs, nanoseconds) = (0, 0.0)
    while pairs < load.operations {
      let middle = line.takeMiddle(atMost: load.operations)
      nanoseconds += try cpuTime {
        for task in middle { try scheduler.perform(StopTask(task)) }
        for task in middle { try scheduler.perform(ContinueTask(task)) }
      }
      // The continued tasks are at the tail, in this order.
      line.append(middle)
      pairs += middle.count
    }
    return Measure.Reading(nanoseconds: nanoseconds / Double(pairs))
  }
}
