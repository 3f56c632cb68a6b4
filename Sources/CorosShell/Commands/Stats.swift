import CorosKernel

/// Tells where the ticks went.
enum Stats: ShellCommand {
  static let manual = Manual(
    name: "stats",
    summary: "tell where the ticks went, task by task",
    usage: "stats",
    group: .looking,
    details: """
      For each task, living or remembered: when it arrived, first ran and ended; its response, \
      turnaround and wait; and how long it ran. The averages are over the tasks that have ended.
      """,
    example: "stats",
    seeAlso: ["info", "clock"],
    completion: [.nothing]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    try invocation.allow(atMost: 0, manual)
    let tasks = Array(shell.scheduler.tasks(includingEnded: true))
    let now = shell.scheduler.now
    let averages = Averages(tasks, now: now)
    shell.report([
      "command": "stats",
      "tasks": .array(tasks.map { json($0, now) }),
      "average": averages.json,
      "ticks": .int(now),
      "idle_ticks": .int(shell.scheduler.idleTicks),
      "switches": .int(shell.scheduler.switches),
    ]) {
      text(tasks, averages, shell)
    }
  }

  private static func json(_ task: TaskInfo, _ now: Tick) -> JSON {
    let accounting = task.accounting
    return [
      "tid": .int(task.tid.rawValue),
      "name": .string(task.name),
      "arrival": .int(accounting.arrival),
      "first_run": .int(accounting.firstRun),
      "end": .int(accounting.end),
      "response": .int(accounting.response),
      "turnaround": .int(accounting.turnaround),
      "wait": .int(accounting.wait(now: now)),
      "run": .int(accounting.dispatches),
    ]
  }

  private static func text(_ tasks: [TaskInfo], _ averages: Averages, _ shell: Shell) -> String {
    let scheduler = shell.scheduler
    let busy = scheduler.now - scheduler.idleTicks
    let summary =
      "\(counted(scheduler.now, "tick")), \(busy) busy and \(scheduler.idleTicks) idle; "
      + "\(counted(scheduler.switches, "switch", plural: "switches")) from one task to another\n"
    guard !tasks.isEmpty else { return summary }
    var table = TextTable(
      [.init("TID", .right), .init("NAME")]
        + ["ARRIVAL", "FIRST RUN", "END", "RESPONSE", "TURNAROUND", "WAIT", "RUN"]
        .map { .init($0, .right) },
      style: shell.style
    )
    for task in tasks {
      let accounting = task.accounting
      table.append([
        .init("\(task.tid)", .heading), .init(task.name), .init(accounting.arrival),
        .init(accounting.firstRun), .init(accounting.end), .init(accounting.response),
        .init(accounting.turnaround), .init(accounting.wait(now: scheduler.now)),
        .init(accounting.dispatches),
      ])
    }
    if averages.count > 0 {
      table.append([
        "", .init("average", .faint), "", "", "", .init(averages.response.text),
        .init(averages.turnaround.text), .init(averages.wait.text), "",
      ])
    }
    return table.text + summary
  }

  /// Means over the tasks that have ended.
  private struct Averages {
    let count: Int
    let response: Mean
    let turnaround: Mean
    let wait: Mean

    init(_ tasks: [TaskInfo], now: Tick) {
      let ended = tasks.map(\.accounting).filter { $0.end != nil }
      count = ended.count
      response = Mean(ended.compactMap(\.response))
      turnaround = Mean(ended.compactMap(\.turnaround))
      wait = Mean(ended.map { $0.wait(now: now) })
    }

    var json: JSON {
      ["response": response.json, "turnaround": turnaround.json, "wait": wait.json]
    }
  }

  /// A mean to two decimals, as textbooks print it.
  private struct Mean {
    private let hundredths: Int?

    init(_ values: [Tick]) {
      guard !values.isEmpty else {
        hundredths = nil
        return
      }
      let sum = values.reduce(0.0) { $0 + Double($1) }
      hundredths = Int(exactly: (sum / Double(values.count) * 100).rounded())
    }

    var json: JSON { hundredths.map { .double(Double($0) / 100) } ?? .null }

    var text: String {
      guard let hundredths else { return "-" }
      let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
      return "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
  }
}
