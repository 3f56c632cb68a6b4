package import CorosKernel

/// The measures of a run that textbooks define: for each task, as average and maximum, and for the machine.
///
/// Averages and maxima cover the tasks that have arrived, have ended and are still remembered.
package struct RunMetrics {
  package let now: Tick
  package let idleTicks: Tick
  package let ioBusyTicks: Tick
  /// The ticks that context switches have cost.
  package let switchingTicks: Tick
  package let switches: Int
  package let preemptions: Int
  package private(set) var response = Span()
  package private(set) var turnaround = Span()
  package private(set) var wait = Span()
  /// The number of ended tasks, remembered or not.
  private let endedCount: Int
  private var rememberedCount = 0
  private var shares = Shares()

  /// Measures a whole run, in O(n).
  package init(_ scheduler: Scheduler) {
    self.init(of: scheduler)
    for task in scheduler.tasks(includingEnded: true) { add(task) }
  }

  /// Begins with the machine's own counts; the caller adds the tasks.
  package init(of scheduler: Scheduler) {
    endedCount = scheduler.endedTaskCount
    now = scheduler.now
    idleTicks = scheduler.idleTicks
    ioBusyTicks = scheduler.ioBusyTicks
    switchingTicks = scheduler.switchingTicks
    switches = scheduler.switches
    preemptions = scheduler.preemptions
  }

  /// Adds a task, if it has ended.
  package mutating func add(_ task: TaskInfo) {
    let accounting = task.accounting
    guard accounting.end != nil else { return }
    rememberedCount += 1
    if accounting.neverArrived { return }
    response.add(accounting.response)
    turnaround.add(accounting.turnaround)
    wait.add(accounting.wait(now: now))
    if accounting.dispatches > 0 {
      shares.add(
        Double(accounting.dispatches) / Double(accounting.dispatches + accounting.wait(now: now))
      )
    }
  }

  /// The average and the maximum of one quantity.
  package struct Span {
    private var count = 0
    // Whole numbers up to 2^53, each and in sum: the mean is rounded only once.
    private var sum = 0.0
    package private(set) var maximum: Int?

    mutating func add(_ value: Tick?) {
      guard let value else { return }
      count += 1
      sum += Double(value)
      maximum = max(maximum ?? value, value)
    }

    package var average: Rounded { Rounded(count == 0 ? nil : sum / Double(count), places: 2) }
  }

  /// Jain's index over each task's share of the CPU while the task wanted it.
  ///
  /// The share is run / (run + wait), which equals run / turnaround for a task that never blocks. The index
  /// is 1 if all shares are equal, and 1/n if one of n tasks has everything. Source: Jain, Chiu and Hawe, DEC
  /// Technical Report 301, 1984.
  package var fairness: Rounded { Rounded(shares.jain, places: 4) }

  private struct Shares {
    private(set) var count = 0
    private var sum = 0.0
    private var squares = 0.0

    mutating func add(_ share: Double) {
      count += 1
      sum += share
      squares += share * share
    }

    var jain: Double? { count == 0 ? nil : sum * sum / (Double(count) * squares) }
  }

  /// The ticks in which a task ran.
  package var busyTicks: Tick { now - idleTicks - switchingTicks }

  /// The share of the ticks in which a task ran; none at tick 0.
  package var utilisation: Rounded { share(busyTicks) }

  /// The number of ended tasks that are no longer remembered.
  package var forgottenCount: Int { endedCount - rememberedCount }

  /// Whether fairness covers several tasks: the index of a single one is always 1.
  package var isFairnessTelling: Bool { shares.count > 1 }

  private func share(_ ticks: Tick) -> Rounded {
    Rounded(now > 0 ? Double(ticks) / Double(now) : nil, places: 4)
  }
}
