import CorosKernel

/// What textbooks measure of a run: of each task, on average, at the most, and of the machine.
///
/// Averages and maxima are over the tasks that have ended and are remembered.
struct RunMetrics {
  let now: Tick
  let idleTicks: Tick
  let ioBusyTicks: Tick
  let switches: Int
  let preemptions: Int
  private(set) var response = Span()
  private(set) var turnaround = Span()
  private(set) var wait = Span()
  /// How many tasks have ended, remembered or not.
  private let endedCount: Int
  private var rememberedCount = 0
  private var shares = Shares()

  /// Measures a whole run, in O(n).
  init(_ scheduler: Scheduler) {
    self.init(of: scheduler)
    for task in scheduler.tasks(includingEnded: true) { add(task) }
  }

  /// Begins with what the machine itself has counted; its tasks are to be added.
  init(of scheduler: Scheduler) {
    endedCount = scheduler.endedTaskCount
    now = scheduler.now
    idleTicks = scheduler.idleTicks
    ioBusyTicks = scheduler.ioBusyTicks
    switches = scheduler.switches
    preemptions = scheduler.preemptions
  }

  /// Adds a task, if it has ended.
  mutating func add(_ task: TaskInfo) {
    let accounting = task.accounting
    guard accounting.end != nil else { return }
    rememberedCount += 1
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
  struct Span {
    private var count = 0
    // Of whole numbers up to 2^53 each and in sum, the mean is rounded once.
    private var sum = 0.0
    private(set) var maximum: Int?

    mutating func add(_ value: Tick?) {
      guard let value else { return }
      count += 1
      sum += Double(value)
      maximum = max(maximum ?? value, value)
    }

    var average: Rounded { Rounded(count == 0 ? nil : sum / Double(count), places: 2) }
  }

  /// Jain's index over each task's share of the CPU while it wanted it.
  ///
  /// The share is run / (run + wait), which for a task that never blocks is run / turnaround. 1 is equal
  /// shares for all, and 1/n all for one of n. Source: Jain, Chiu and Hawe, DEC Technical Report 301, 1984.
  var fairness: Rounded { Rounded(shares.jain, places: 4) }

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
  var busyTicks: Tick { now - idleTicks }

  /// The share of the ticks in which a task ran; none at tick 0.
  var utilisation: Rounded { share(busyTicks) }

  /// How many of those that have ended are forgotten.
  var forgottenCount: Int { endedCount - rememberedCount }

  /// Whether fairness is more than the index of a single task, which is always 1.
  var isFairnessTelling: Bool { shares.count > 1 }

  private func share(_ ticks: Tick) -> Rounded {
    Rounded(now > 0 ? Double(ticks) / Double(now) : nil, places: 4)
  }

  // MARK: As JSON

  /// The mean of each quantity, as several commands tell it.
  static let averageKey = ResultKey(
    "average",
    .object(
      ["response", "turnaround", "wait"].map { ResultKey($0, .orNull(.number), "to two decimals") }
    ),
    "the averages over the tasks that have ended, null if there are none"
  )

  /// The most of each quantity.
  static let maximumKey = ResultKey(
    "maximum",
    .object(
      ["response", "turnaround", "wait"].map { ResultKey($0, .orNull(.number), "in ticks") }
    ),
    "the most of each, over the same"
  )

  static let fairnessKey = ResultKey(
    "fairness",
    .orNull(.number),
    "Jain's index over run / (run + wait), from 0 to 1, to four decimals"
  )

  static let utilisationKey = ResultKey(
    "utilisation",
    .orNull(.number),
    "the share of the ticks in which a task ran, from 0 to 1, to four decimals"
  )

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
