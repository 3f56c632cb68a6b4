import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

/// Where the ticks of a range went.
struct RangeStats: ListingResult {
  let metrics: RangeMetrics
  let preemptions: Int

  static let list = (
    key: "tasks", meaning: "with FROM..TO: one object for each task that existed then"
  )
  static let tail: [ResultField<Self>] = [
    .number("from", "the first tick that counts", \.metrics.range.lowerBound),
    .number("to", "the tick after the last", \.metrics.range.upperBound),
    .number("busy_ticks", "the ticks in which a task ran", \.metrics.busyTicks),
    ResultField(
      "average_ready",
      .orNull(.number),
      "how many tasks were ready and did not run, on average"
    ) { $0.metrics.averageReady.json },
    .number("preemptions", "how often the CPU was taken from a task", \.preemptions),
  ]

  var summary: String {
    let range = metrics.range
    return
      "ticks \(range.lowerBound) to \(range.upperBound): a task ran in \(metrics.busyTicks) of "
      + "\(metrics.ticks); \(metrics.averageReady.text) tasks were ready on average; "
      + counted(preemptions, "preemption")
  }

  struct Row: ListingRow {
    let task: RangeMetrics.Task
    let share: Rounded
    let preemptions: Int

    static let fields: [ResultField<Self>] = [
      .number("tid", "the task", \.task.tid.rawValue),
      .text("name", "its name", \.task.name),
      .number("run", "its ticks of CPU", \.task.figures.run),
      // Without ticks there are no rows.
      ResultField("share", .number, "the share of the ticks that these are") { $0.share.json },
      .number("wait", "the ticks in which it was ready and did not run", \.task.figures.wait),
      .number(
        "blocked",
        "the ticks in which it waited for anything else",
        \.task.figures.blocked
      ),
      .number("stopped", "the ticks in which it was stopped", \.task.figures.stopped),
      .numberOrNull("longest_wait", "the ticks of its longest unbroken wait for the CPU") {
        $0.task.longestWait?.ticks
      },
      .numberOrNull("longest_wait_from", "when that began") { $0.task.longestWait?.from },
      .number("preemptions", "how often the CPU was taken from it", \.preemptions),
    ]

    static let columns: [TextTable.Column] =
      [.init("TID", .right), .init("NAME")]
      + [
        "RUN", "SHARE", "WAIT", "BLOCKED", "STOPPED", "LONGEST WAIT", "PREEMPTED",
      ].map { .init($0, .right) }

    var cells: [TextTable.Cell] {
      let percent = Rounded(share.value.map { $0 * 100 }, places: 1)
      return [
        .init("\(task.tid)", .heading), .init(task.name), .init(task.figures.run),
        .init("\(percent.text) %"), .init(task.figures.wait), .init(task.figures.blocked),
        .init(task.figures.stopped),
        .init(task.longestWait.map { "\($0.ticks) from \($0.from)" } ?? "-"),
        .init(preemptions),
      ]
    }
  }
}
