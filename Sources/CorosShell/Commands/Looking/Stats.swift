import CorosExports
import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Tells where the ticks went.
  enum Stats: PrintingCommand {
    static let manual = Manual(
      name: "stats",
      summary: "tell where the ticks went, task by task",
      usage: "stats \(Page.usage)",
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
        more their shares differ. A preemption is a switch against the will of the task that ran. \
        The first 100 tasks are listed, or ROWS; -p 2 lists those after them.
        """,
      example: "stats",
      seeAlso: ["compare", "workload", "info", "clock"],
      completion: [.words(["-n", "-p"])]
    )

    static let reference = Reference(
      notes: Page.notes,
      results: [
        ResultLine([
          .init(
            "tasks",
            .objects([
              .init("tid", .number, "the task"),
              .init("name", .text, "what it is called"),
              .init("arrival", .number, "the tick at which it arrived"),
              .init("first_run", .orNull(.number), "the tick at which it first ran"),
              .init("end", .orNull(.number), "the tick at which it ended"),
              .init("response", .orNull(.number), "the ticks from its arrival to its first run"),
              .init("turnaround", .orNull(.number), "the ticks from its arrival to its end"),
              .init("wait", .number, "the ticks that it was ready and did not run"),
              .init("run", .number, "its ticks of CPU"),
              .init("blocked", .number, "the ticks that it waited for anything else"),
            ]),
            "one for each, oldest first"
          ),
          RunMetrics.averageKey,
          .init("ticks", .number, "the tick now; after a run to the end, when the last task ended"),
          .init("idle_ticks", .number, "the ticks in which nobody ran"),
          .init("switches", .number, "how often the CPU went from one task to another"),
          RunMetrics.maximumKey,
          RunMetrics.fairnessKey,
          RunMetrics.utilisationKey,
          .init("preemptions", .number, "the switches from a task that would have gone on"),
          .init("cpu_busy", .number, "the ticks in which a task ran"),
          .init("io_busy", .number, "the ticks in which at least one I/O was under way"),
        ])
      ],
      demonstration: ["workload len=3 len=2; run", "stats"]
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
      var metrics = RunMetrics(of: scheduler)
      for task in scheduler.tasks(includingEnded: true) {
        try listing.look()
        listing.add(json: json(task, now), row: row(task, now))
        metrics.add(task)
      }
      let spans = [metrics.response, metrics.turnaround, metrics.wait]
      if metrics.wait.maximum != nil {
        listing.addBelow(
          ["", .init("average", .faint), "", "", ""] + spans.map { .init($0.average.text) }
        )
        listing.addBelow(
          ["", .init("maximum", .faint), "", "", ""] + spans.map { .init($0.maximum) }
        )
      }
      listing.end(
        [
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
        ],
        footer: page.footer(total: listing.found)
      )
      if !shell.settings.isJSON { shell.output.write(summary(metrics) + "\n") }
    }

    private static let columns: [TextTable.Column] =
      [.init("TID", .right), .init("NAME")]
      + ["ARRIVAL", "FIRST RUN", "END", "RESPONSE", "TURNAROUND", "WAIT", "RUN", "BLOCKED"]
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
        "blocked": .int(accounting.blocked(now: now)),
      ]
    }

    private static func row(_ task: TaskInfo, _ now: Tick) -> [TextTable.Cell] {
      let accounting = task.accounting
      return [
        .init("\(task.tid)", .heading), .init(task.name), .init(accounting.arrival),
        .init(accounting.firstRun), .init(accounting.end), .init(accounting.response),
        .init(accounting.turnaround), .init(accounting.wait(now: now)),
        .init(accounting.dispatches), .init(accounting.blocked(now: now)),
      ]
    }

    private static func summary(_ metrics: RunMetrics) -> String {
      var lines: [String] = []
      if metrics.forgottenCount > 0 {
        lines.append("\(metrics.forgottenCount) more have ended, and are no longer remembered")
      }
      var ticks = counted(metrics.now, "tick")
      if metrics.now > 0 {
        ticks += ": CPU busy \(portion(metrics.busyTicks, metrics))"
        if metrics.ioBusyTicks > 0 {
          ticks += ", I/O busy \(portion(metrics.ioBusyTicks, metrics))"
        }
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
}
