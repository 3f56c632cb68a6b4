import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

/// The figures of a task, as `stats` lists them.
struct StatsRow: ListingRow {
  let task: TaskInfo
  let now: Tick

  private var accounting: Accounting { task.accounting }
  private var wait: Tick { accounting.wait(now: now) }
  private var blocked: Tick { accounting.blocked(now: now) }
  private var stopped: Tick { accounting.stopped(now: now) }
  private var switching: Tick { accounting.switching(now: now) }

  static let fields: [ResultField<Self>] = [
    .number("tid", "the task", \.task.tid.rawValue),
    .text("name", "its name", \.task.name),
    .number("arrival", "the tick at which it arrived, or should have", \.accounting.arrival),
    .numberOrNull("first_run", "the tick at which it first ran", \.accounting.firstRun),
    .numberOrNull("end", "the tick at which it ended", \.accounting.end),
    .numberOrNull(
      "response",
      "the ticks from its arrival to its first run",
      \.accounting.response
    ),
    .numberOrNull(
      "turnaround",
      "the ticks from its arrival to its end",
      \.accounting.turnaround
    ),
    .number("wait", "the ticks in which it was ready and did not run", \.wait),
    .number("run", "its ticks of CPU", \.accounting.dispatches),
    .number("blocked", "the ticks that it waited for anything else", \.blocked),
    .number(
      "stopped",
      "the ticks that it was stopped, whatever else it waited for",
      \.stopped
    ),
    .number("switching", "the ticks in which the CPU was switched to it", \.switching),
  ]

  static let columns: [TextTable.Column] =
    [.init("TID", .right), .init("NAME")]
    + [
      "ARRIVAL", "FIRST RUN", "END", "RESPONSE", "TURNAROUND", "WAIT", "RUN", "BLOCKED",
      "STOPPED",
    ]
    .map { .init($0, .right) } + [.init("SWITCHING", .right, isOptional: true)]

  var cells: [TextTable.Cell] {
    [
      .init("\(task.tid)", .heading), .init(task.name), .init(accounting.arrival),
      .init(accounting.firstRun), .init(accounting.end), .init(accounting.response),
      .init(accounting.turnaround), .init(wait), .init(accounting.dispatches),
      .init(blocked), .init(stopped), switching > 0 ? .init(switching) : "",
    ]
  }
}
