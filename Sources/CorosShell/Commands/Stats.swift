import CorosKernel

/// Tells where the ticks went.
enum Stats: ShellCommand {
  static let manual = Manual(
    name: "stats",
    summary: "tell where the ticks went, task by task",
    usage: "stats",
    group: .looking,
    details: """
      For each task, living or remembered:

        response    from its arrival to its first tick of CPU
        turnaround  from its arrival to its end
        wait        the ticks that it was ready and did not run
        run         its ticks of CPU
        blocked     the ticks that it waited for anything else

      Averages and maxima are over the tasks that have ended. Fairness is Jain's index over their \
      run / (run + wait): 1 when all got an equal share of the CPU while they wanted it, and less the \
      more their shares differ. A preemption is a switch against the will of the task that ran.
      """,
    example: "stats",
    seeAlso: ["compare", "workload", "info", "clock"],
    completion: [.nothing]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    try invocation.allow(atMost: 0, manual)
    let metrics = RunMetrics(shell.scheduler)
    shell.report([
      "command": "stats",
      "tasks": .array(metrics.tasks.map { json($0, metrics.now) }),
      "average": metrics.average,
      "ticks": .int(metrics.now),
      "idle_ticks": .int(metrics.idleTicks),
      "switches": .int(metrics.switches),
      "maximum": metrics.maximum,
      "fairness": metrics.fairness.json,
      "utilisation": metrics.utilisation.json,
      "preemptions": .int(metrics.preemptions),
      "cpu_busy": .int(metrics.busyTicks),
      "io_busy": .int(metrics.ioBusyTicks),
    ]) {
      table(metrics, shell.style) + summary(metrics)
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
      "blocked": .int(accounting.blocked(now: now)),
    ]
  }

  private static func table(_ metrics: RunMetrics, _ style: Style) -> String {
    guard !metrics.tasks.isEmpty else { return "" }
    var table = TextTable(
      [.init("TID", .right), .init("NAME")]
        + [
          "ARRIVAL", "FIRST RUN", "END", "RESPONSE", "TURNAROUND", "WAIT", "RUN", "BLOCKED",
        ].map { .init($0, .right) },
      style: style
    )
    for task in metrics.tasks {
      let accounting = task.accounting
      table.append([
        .init("\(task.tid)", .heading), .init(task.name), .init(accounting.arrival),
        .init(accounting.firstRun), .init(accounting.end), .init(accounting.response),
        .init(accounting.turnaround), .init(accounting.wait(now: metrics.now)),
        .init(accounting.dispatches), .init(accounting.blocked(now: metrics.now)),
      ])
    }
    let spans = [metrics.response, metrics.turnaround, metrics.wait]
    if metrics.wait.maximum != nil {
      table.append(
        ["", .init("average", .faint), "", "", ""] + spans.map { .init($0.average.text) }
      )
      table.append(["", .init("maximum", .faint), "", "", ""] + spans.map { .init($0.maximum) })
    }
    return table.text
  }

  private static func summary(_ metrics: RunMetrics) -> String {
    var lines: [String] = []
    if metrics.forgottenCount > 0 {
      lines.append("\(metrics.forgottenCount) more have ended, and are no longer remembered")
    }
    var ticks = counted(metrics.now, "tick")
    if metrics.now > 0 {
      ticks += ": CPU busy \(portion(metrics.busyTicks, metrics))"
      if metrics.ioBusyTicks > 0 { ticks += ", I/O busy \(portion(metrics.ioBusyTicks, metrics))" }
      if metrics.idleTicks > 0 { ticks += ", \(metrics.idleTicks) idle" }
    }
    lines.append(ticks)
    var rest = counted(metrics.switches, "switch", plural: "switches")
    rest += ", \(counted(metrics.preemptions, "preemption")) among them"
    if metrics.isFairnessTelling { rest += "; fairness \(metrics.fairness.text)" }
    lines.append(rest)
    return lines.joined(separator: "\n")
  }

  /// A number of ticks and its share of all: `6 (54.55 %)`.
  private static func portion(_ ticks: Tick, _ metrics: RunMetrics) -> String {
    let percent = Rounded(Double(ticks) / Double(metrics.now) * 100, places: 2)
    return "\(ticks) (\(percent.text) %)"
  }
}
