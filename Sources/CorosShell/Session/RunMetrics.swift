import CorosKernel

/// What textbooks measure of a run, beside each task: averages, maxima, fairness, and what the machine did.
///
/// Averages and maxima are over the tasks that have ended and are remembered. It holds no tasks, but adds
/// them up, so that there may be a million.
struct RunMetrics {
  let now: Tick
  let idleTicks: Tick
  let ioBusyTicks: Tick
  let switches: Int
  let preemptions: Int
  /// How many tasks have ended, remembered or not.
  private let endedCount: Int
  /// How many of those added have ended.
  private(set) var count = 0
  private(set) var response = Span()
  private(set) var turnaround = Span()
  private(set) var wait = Span()
  private var shares = Shares()

  /// Begins to measure a run; its tasks are to be added.
  init(_ scheduler: Scheduler) {
    now = scheduler.now
    idleTicks = scheduler.idleTicks
    ioBusyTicks = scheduler.ioBusyTicks
    switches = scheduler.switches
    preemptions = scheduler.preemptions
    endedCount = scheduler.endedTaskCount
  }

  /// Measures a run with all the tasks that there are.
  static func all(of scheduler: Scheduler) -> RunMetrics {
    var metrics = RunMetrics(scheduler)
    for task in scheduler.tasks(includingEnded: true) { metrics.add(task.accounting) }
    return metrics
  }

  /// Adds a task, if it has ended.
  mutating func add(_ task: Accounting) {
    guard task.end != nil else { return }
    count += 1
    response.add(task.response)
    turnaround.add(task.turnaround)
    wait.add(task.wait(now: now))
    if task.dispatches > 0 {
      shares.add(Double(task.dispatches) / Double(task.dispatches + task.wait(now: now)))
    }
  }

  /// The average and the most of one quantity.
  struct Span {
    private var count = 0
    // Exact for whole numbers up to 2^53 in sum.
    private var sum = 0.0
    private(set) var maximum: Int?

    fileprivate mutating func add(_ value: Tick?) {
      guard let value else { return }
      count += 1
      sum += Double(value)
      maximum = max(maximum ?? value, value)
    }

    /// To two decimals, as textbooks print it.
    var average: Rounded { Rounded(count > 0 ? sum / Double(count) : nil, places: 2) }
  }

  /// Jain's index over shares. Source: Jain, Chiu and Hawe, DEC Technical Report 301, 1984.
  private struct Shares {
    private(set) var count = 0
    private var sum = 0.0
    private var squares = 0.0

    mutating func add(_ share: Double) {
      count += 1
      sum += share
      squares += share * share
    }

    var index: Double? { count > 0 ? sum * sum / (Double(count) * squares) : nil }
  }

  /// Jain's index over each task's share of the CPU while it wanted it.
  ///
  /// The share is run / (run + wait), which for a task that never blocks is run / turnaround. 1 is equal
  /// shares for all, and 1/n all for one of n.
  var fairness: Rounded { Rounded(shares.index, places: 4) }

  /// Whether fairness is more than the index of a single task, which is always 1.
  var isFairnessTelling: Bool { shares.count > 1 }

  /// The ticks in which a task ran.
  var busyTicks: Tick { now - idleTicks }

  /// The share of the ticks in which a task ran; none at tick 0.
  var utilisation: Rounded {
    Rounded(now > 0 ? Double(busyTicks) / Double(now) : nil, places: 4)
  }

  /// How many of those that have ended are no longer remembered.
  var forgottenCount: Int { max(0, endedCount - count) }

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
}
