import CorosKernel

/// Tells where the ticks went.
enum Stats: ShellCommand {
  static let manual = Manual(
    name: "stats",
    summary: "tell where the ticks went, task by task",
    usage: "stats \(Page.usage)",
    group: .looking,
    details: """
      For each task, living or remembered: when it arrived, first ran and ended; its response, \
      turnaround and wait; and how long it ran. The averages are over all tasks that have ended. The first \
      100 are listed, or ROWS; -p 2 lists those after them.
      """,
    example: "stats",
    seeAlso: ["info", "clock"],
    completion: [.words(["-n", "-p"])]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    var invocation = invocation
    let page = try Page(from: &invocation, isJSON: shell.settings.isJSON, manual)
    try invocation.allow(atMost: 0, manual)
    let scheduler = shell.scheduler
    let now = scheduler.now
    var listing = Listing(
      page,
      head: ["command": "stats"],
      list: "tasks",
      columns: columns,
      in: shell
    )
    var averages = Averages()
    for task in scheduler.tasks(includingEnded: true) {
      try listing.look()
      listing.add(json: json(task, now), row: row(task, now))
      averages.add(task.accounting, now: now)
    }
    if averages.count > 0 {
      listing.addBelow([
        "", .init("average", .faint), "", "", "", .init(averages.response.text),
        .init(averages.turnaround.text), .init(averages.wait.text), "",
      ])
    }
    listing.end(
      [
        "average": averages.json,
        "ticks": .int(now),
        "idle_ticks": .int(scheduler.idleTicks),
        "switches": .int(scheduler.switches),
      ],
      footer: page.footer(total: listing.found)
    )
    if !shell.settings.isJSON { shell.output.write(summary(scheduler)) }
  }

  private static let columns: [TextTable.Column] =
    [.init("TID", .right), .init("NAME")]
    + ["ARRIVAL", "FIRST RUN", "END", "RESPONSE", "TURNAROUND", "WAIT", "RUN"]
    .map { .init($0, .right) }

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

  private static func row(_ task: TaskInfo, _ now: Tick) -> [TextTable.Cell] {
    let accounting = task.accounting
    return [
      .init("\(task.tid)", .heading), .init(task.name), .init(accounting.arrival),
      .init(accounting.firstRun), .init(accounting.end), .init(accounting.response),
      .init(accounting.turnaround), .init(accounting.wait(now: now)),
      .init(accounting.dispatches),
    ]
  }

  private static func summary(_ scheduler: Scheduler) -> String {
    let busy = scheduler.now - scheduler.idleTicks
    return "\(counted(scheduler.now, "tick")), \(busy) busy and \(scheduler.idleTicks) idle; "
      + "\(counted(scheduler.switches, "switch", plural: "switches")) from one task to another\n"
  }

  /// Means over the tasks that have ended.
  private struct Averages {
    private(set) var count = 0
    private(set) var response = Mean()
    private(set) var turnaround = Mean()
    private(set) var wait = Mean()

    mutating func add(_ accounting: Accounting, now: Tick) {
      guard accounting.end != nil else { return }
      count += 1
      response.add(accounting.response)
      turnaround.add(accounting.turnaround)
      wait.add(accounting.wait(now: now))
    }

    var json: JSON {
      ["response": response.json, "turnaround": turnaround.json, "wait": wait.json]
    }
  }

  /// A mean to two decimals, as textbooks print it.
  private struct Mean {
    private var count = 0
    private var sum = 0.0

    mutating func add(_ value: Tick?) {
      guard let value else { return }
      count += 1
      sum += Double(value)
    }

    private var hundredths: Int? {
      count == 0 ? nil : Int(exactly: (sum / Double(count) * 100).rounded())
    }

    var json: JSON { hundredths.map { .double(Double($0) / 100) } ?? .null }

    var text: String {
      guard let hundredths else { return "-" }
      let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
      return "\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
  }
}
