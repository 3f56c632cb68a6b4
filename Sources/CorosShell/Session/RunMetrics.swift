import CorosKernel

/// What textbooks measure of a run: of each task, on average, at the most, and of the machine.
///
/// Averages and maxima are over the tasks that have ended and are remembered.
struct RunMetrics {
  /// The tasks, living and remembered, oldest first.
  let tasks: [TaskInfo]
  /// How many tasks have ended, remembered or not.
  let endedCount: Int
  let now: Tick
  let idleTicks: Tick
  let ioBusyTicks: Tick
  let switches: Int
  let preemptions: Int
  let response: Span
  let turnaround: Span
  let wait: Span
  /// Jain's index over each task's share of the CPU while it wanted it.
  ///
  /// The share is run / (run + wait), which for a task that never blocks is run / turnaround. 1 is equal
  /// shares for all, and 1/n all for one of n. Source: Jain, Chiu and Hawe, DEC Technical Report 301, 1984.
  let fairness: Rounded

  /// The average and the most of one quantity.
  struct Span {
    let average: Rounded
    let maximum: Int?

    init(_ values: [Tick]) {
      average = Rounded(meanOf: values)
      maximum = values.max()
    }
  }

  init(_ scheduler: Scheduler) {
    tasks = Array(scheduler.tasks(includingEnded: true))
    endedCount = scheduler.endedTaskCount
    let now = scheduler.now
    self.now = now
    idleTicks = scheduler.idleTicks
    ioBusyTicks = scheduler.ioBusyTicks
    switches = scheduler.switches
    preemptions = scheduler.preemptions
    let ended = tasks.map(\.accounting).filter { $0.end != nil }
    response = Span(ended.compactMap(\.response))
    turnaround = Span(ended.compactMap(\.turnaround))
    wait = Span(ended.map { $0.wait(now: now) })
    fairness = Rounded(
      Self.jain(
        ended.filter { $0.dispatches > 0 }.map {
          Double($0.dispatches) / Double($0.dispatches + $0.wait(now: now))
        }
      ),
      places: 4
    )
  }

  /// The ticks in which a task ran.
  var busyTicks: Tick { now - idleTicks }

  /// The share of the ticks in which a task ran; none at tick 0.
  var utilisation: Rounded { share(busyTicks) }

  /// How many of those that have ended are forgotten.
  var forgottenCount: Int { endedCount - tasks.count { $0.accounting.end != nil } }

  /// Whether fairness is more than the index of a single task, which is always 1.
  var isFairnessTelling: Bool {
    tasks.count { $0.accounting.end != nil && $0.accounting.dispatches > 0 } > 1
  }

  private func share(_ ticks: Tick) -> Rounded {
    Rounded(now > 0 ? Double(ticks) / Double(now) : nil, places: 4)
  }

  var average: JSON {
    [
      "response": response.average.json, "turnaround": turnaround.average.json,
      "wait": wait.average.json,
    ]
  }

  var maximum: JSON {
    [
      "response": .int(response.maximum), "turnaround": .int(turnaround.maximum),
      "wait": .int(wait.maximum),
    ]
  }

  private static func jain(_ shares: [Double]) -> Double? {
    guard !shares.isEmpty else { return nil }
    let sum = shares.reduce(0, +)
    let squares = shares.reduce(0) { $0 + $1 * $1 }
    return sum * sum / (Double(shares.count) * squares)
  }
}
