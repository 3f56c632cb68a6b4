package import CorosKernel

/// What textbooks measure of a run: of each task, on average, at the most, and of the machine.
///
/// Averages and maxima are over the tasks that have arrived, have ended and are remembered.
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
  /// How many tasks have ended, remembered or not.
  private let endedCount: Int
  private var rememberedCount = 0
  private var shares = Shares()

  /// Measures a whole run, in O(n).
  package init(_ scheduler: Scheduler) {
    self.init(of: scheduler)
    for task in scheduler.tasks(includingEnded: true) { add(task) }
  }

  /// Begins with what the machine itself has counted; its tasks are to be added.
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

  /// The average and the most of one quantity.
  package struct Span {
    private var count = 0
    // Of whole numbers up to 2^53 each and in sum, the mean is rounded once.
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

  /// Jain's index over each task's share of the CPU while it wanted it.
  ///
  /// The share is run / (run + wait), which for a task that never blocks is run / turnaround. 1 is equal
  /// shares for all, and 1/n all for one of n. Source: Jain, Chiu and Hawe, DEC Technical Report 301, 1984.
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

  /// How many of those that have ended are forgotten.
  package var forgottenCount: Int { endedCount - rememberedCount }

  /// Whether fairness is more than the index of a single task, which is always 1.
  package var isFairnessTelling: Bool { shares.count > 1 }

  private func share(_ ticks: Tick) -> Rounded {
    Rounded(now > 0 ? Double(ticks) / Double(now) : nil, places: 4)
  }
}
