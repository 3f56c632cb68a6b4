import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Shows where the ticks went.
  enum Stats: ShellCommand {
    static let manual = Manual(
      name: "stats",
      summary: "show where the ticks went, task by task or lock by lock",
      usage: "stats [TID | locks] [FROM..TO] \(Page.usage)",
      group: .looking,
      details: """
        For each task, alive or remembered:

          response    from its arrival to its first tick of CPU
          turnaround  from its arrival to its end
          wait        the ticks in which it was ready and did not run
          run         its ticks of CPU
          blocked     the ticks in which it waited for anything else
          stopped     the ticks in which it was stopped, whatever else it waited for
          switching   the ticks in which the CPU was switched to it; see `machine`

        Turnaround is the sum of the last five. Averages and maxima are over the tasks that have ended. Fairness is Jain's index over run / (run + \
        wait): 1 when all tasks got an equal share of the CPU while they wanted it, and less when the shares \
        differ. A preemption is a switch from a task that could have continued. The first 100 tasks are \
        listed, or ROWS; -p 2 lists the next page.

        With FROM..TO, only the ticks from FROM to just before TO count: the share of the CPU that each task had, its \
        longest unbroken wait for it, and the average number of tasks that were ready.

        `stats TID` shows one task, who took the CPU from it, which system calls it made, for how long it waited for locks, and for how long others waited for \
        its locks. `stats locks` lists locks and what else tasks share: how often each was taken, how often a task had \
        to wait for it, the ticks of waiting in all, on average and at most, those for which it was held, \
        the longest queue, the waits that timed out, and how often a task ended while it held it.
        """,
      example: "stats",
      seeAlso: ["compare", "workload", "info", "clock", "locks"],
      completion: [.words(["locks", "-n", "-p"])]
    )

    /// It looks, but may take a while.
    static func access(hasWords: Bool) -> GuestAccess { .past }

    static let reference = Reference(
      notes: Page.notes,
      demonstration: [
        "workload len=3 len=2; run", "stats", "reset; spawn buffer; run", "stats locks", "stats 4",
        "stats 10..20",
      ]
    )

    static var lines: [ResultLine] {
      Result.lines + LockResult.lines + TaskStats.lines + RangeStats.lines
    }

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<Result>
    ) throws(CommandFailure) {
      var invocation = invocation
      let page = try Page(from: &invocation, isJSON: shell.settings.isJSON, manual)
      let range = try range(&invocation)
      try invocation.allow(atMost: 1, manual)
      if invocation.arguments.first?.text == "locks", range == nil {
        return try listLocks(page, in: shell, Results(of: manual.name, in: shell))
      }
      if !invocation.arguments.isEmpty {
        return Results(of: manual.name, in: shell).add(try one(invocation, range, in: shell))
      }
      if let range {
        return try listRange(range, page, in: shell, Results(of: manual.name, in: shell))
      }
      let scheduler = shell.scheduler
      let now = scheduler.now
      var listing = results.list(Result(metrics: RunMetrics(of: scheduler)), page)
      for task in scheduler.tasks(includingEnded: true) {
        try listing.look()
        listing.add(.init(task: task, now: now))
        listing.result.metrics.add(task)
      }
      let metrics = listing.result.metrics
      let spans = [metrics.response, metrics.turnaround, metrics.wait]
      if metrics.wait.maximum != nil {
        listing.addBelow(
          ["", .init("average", .faint), "", "", ""] + spans.map { .init($0.average.text) }
        )
        listing.addBelow(
          ["", .init("maximum", .faint), "", "", ""] + spans.map { .init($0.maximum) }
        )
      }
      let found = listing.found
      listing.end { look in
        look.style.paint(page.footer(total: found), .faint) + summary(metrics)
      }
    }

    /// Takes the range of ticks out of the words of the command.
    private static func range(
      _ invocation: inout Invocation
    ) throws(CommandFailure) -> TickRange? {
      guard let index = invocation.arguments.firstIndex(where: TickRange.isRange) else {
        return nil
      }
      let range = try TickRange(invocation.arguments[index])
      try range.requireTicks()
      var words = invocation.arguments
      words.remove(at: index)
      invocation = Invocation(line: invocation.line, name: invocation.name, arguments: words)
      return range
    }

    private static func one(
      _ invocation: Invocation,
      _ range: TickRange?,
      in shell: Shell
    ) throws(CommandFailure) -> TaskStats {
      let tid = try invocation.tid(0, in: shell)
      guard let task = shell.scheduler.info(tid) else {
        throw shell.noTask(tid, at: invocation.arguments[0].range)
      }
      let now = shell.scheduler.now
      let metrics = RangeMetrics(
        shell.session.recorders.timeline,
        min(range?.from ?? 0, now)..<max(range?.from ?? 0, range?.to ?? now),
        now: now,
        of: tid
      )
      let tally = try shell.ask(invocation) { session throws(RequestFailure) in
        try session.tally(of: tid, from: range?.from, to: range?.to)
      }
      return TaskStats(
        row: .init(task: task, now: now),
        blame: shell.session.recorders.sharing.blame(of: tid, at: now),
        metrics: metrics,
        calls: tally.calls.map { .init(call: $0.key, count: $0.value) }
          .sorted { ($1.count, $0.call) < ($0.count, $1.call) },
        losses: tally.losses.map { .init(task: $0.key.rawValue, count: $0.value) }
          .sorted { ($1.count, $0.task) < ($0.count, $1.task) }
      )
    }

    private static func listRange(
      _ range: TickRange,
      _ page: Page,
      in shell: Shell,
      _ results: Results<RangeStats>
    ) throws(CommandFailure) {
      let now = shell.scheduler.now
      let metrics = RangeMetrics(
        shell.session.recorders.timeline,
        min(range.from ?? 0, now)..<max(range.from ?? 0, range.to ?? now),
        now: now
      )
      let query = EventQuery(.kind(.preempted), from: range.from, to: range.to)
      let losses = try shell.ask(at: range.place) { session throws(RequestFailure) in
        try session.count(query, by: .task)
      }
      let counts = Dictionary(uniqueKeysWithValues: losses.map { ($0.value, $0.count) })
      var listing = results.list(
        RangeStats(metrics: metrics, preemptions: losses.reduce(0) { $0 + $1.count }),
        page
      )
      for task in metrics.tasks {
        try listing.look()
        listing.add(
          .init(task: task, share: metrics.share(of: task), preemptions: counts["\(task.tid)"] ?? 0)
        )
      }
      let found = listing.found
      let result = listing.result
      listing.end { look in
        look.style.paint(page.footer(total: found), .faint) + result.summary
      }
    }

    struct Result: ListingResult {
      var metrics: RunMetrics

      static let list = (key: "tasks", meaning: "one object per task, oldest first")
      static let tail: [ResultField<Self>] = [
        .average(\.metrics),
        .number(
          "ticks",
          "the tick now; after a run to the end, when the last task ended",
          \.metrics.now
        ),
        .number("idle_ticks", "the ticks in which no task ran", \.metrics.idleTicks),
        .number(
          "switches",
          "how often the CPU passed from one task to another",
          \.metrics.switches
        ),
        .maximum(\.metrics),
        .fairness(\.metrics),
        .utilisation(\.metrics),
        .number(
          "preemptions",
          "the switches from a task that could have continued",
          \.metrics.preemptions
        ),
        .number("cpu_busy", "the ticks in which a task ran", \.metrics.busyTicks),
        .number(
          "switching_ticks",
          "the ticks that context switches have cost; see `machine`",
          \.metrics.switchingTicks
        ),
        .number(
          "io_busy",
          "the ticks in which at least one I/O was in progress",
          \.metrics.ioBusyTicks
        ),
      ]

      typealias Row = StatsRow
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
        if metrics.switchingTicks > 0 { ticks += ", \(metrics.switchingTicks) switching" }
      }
      lines.append(ticks)
      var rest = counted(metrics.switches, "switch", plural: "switches")
      rest += ", \(counted(metrics.preemptions, "preemption")) among them"
      if metrics.isFairnessTelling { rest += "; fairness \(metrics.fairness.text)" }
      lines.append(rest)
      return lines.joined(separator: "\n")
    }

    /// A number of ticks, and its share of all: `6 (54.55 %)`.
    private static func portion(_ ticks: Tick, _ metrics: RunMetrics) -> String {
      let percent = Rounded(Double(ticks) / Double(metrics.now) * 100, places: 2)
      return "\(ticks) (\(percent.text) %)"
    }
  }
}

extension Commands.Stats {
  /// Lists the figures of locks and of what else tasks share.
  static func listLocks(
    _ page: Page,
    in shell: Shell,
    _ results: Results<LockResult>
  ) throws(CommandFailure) {
    let (book, now) = (shell.session.recorders.sharing, shell.scheduler.now)
    var listing = results.list(LockResult(), page)
    for object in shell.scheduler.objects {
      try listing.look()
      listing.add(.init(object: object, thing: book[object.id], now: now))
    }
    let found = listing.found
    listing.end { look in
      found == 0
        ? "tasks share nothing: no lock, semaphore or channel has been made"
        : look.style.paint(page.footer(total: found, "object"), .faint)
    }
  }

  /// The figures of all that tasks share.
  struct LockResult: ListingResult {
    static let list = (
      key: "locks", meaning: "with `stats locks`: one object for each, in the order of making"
    )

    struct Row: ListingRow {
      let object: ObjectInfo
      /// What has happened to it; nil when nothing has.
      let thing: SharedThing?
      let now: Tick

      private var longestWait: SharedThing.Record? { thing?.longestWait(at: now) }
      private var longestHold: SharedThing.Record? { thing?.longestHold(at: now) }
      private var isHeld: Bool { thing?.isHeldAtTimes ?? false }
      private var meanWait: Rounded { thing?.meanWait(at: now) ?? Rounded(nil, places: 2) }

      static let fields: [ResultField<Self>] = [
        .number("id", "its number", \.object.id.rawValue),
        .text("name", "its name", \.object.name),
        .text("kind", "what it is", \.object.kind),
        .number("taken", "how often a task got it, or a permit of it") { $0.thing?.taken ?? 0 },
        .number("takers", "how many tasks that were") { $0.thing?.takers.count ?? 0 },
        .number("contended", "how often a task had to wait for it") { $0.thing?.contended ?? 0 },
        .number("wait_total", "the ticks that tasks have waited for it") {
          $0.thing?.waited(at: $0.now) ?? 0
        },
        ResultField("wait_mean", .orNull(.number), "the same for each wait, on average") {
          $0.meanWait.json
        },
        .numberOrNull("wait_max", "the ticks of the longest wait", \.longestWait?.ticks),
        .number("held_total", "the ticks for which tasks have held it") {
          $0.thing?.held(at: $0.now) ?? 0
        },
        .numberOrNull("held_max", "the ticks of the longest hold", \.longestHold?.ticks),
        .number("queue_max", "the most tasks that waited at once") {
          $0.thing?.longestQueue ?? 0
        },
        .number("timeouts", "how many waits ended since their time was up") {
          $0.thing?.timeouts ?? 0
        },
        .number("left_behind", "how often a task ended while it held it") {
          $0.thing?.leftBehind ?? 0
        },
      ]

      static let columns: [TextTable.Column] =
        [.init("NAME"), .init("KIND")]
        + [
          "TAKEN", "CONTENDED", "WAIT", "MEAN", "MAX", "HELD", "MAX", "QUEUE", "TIMEOUTS",
          "LEFT BEHIND",
        ].map { .init($0, .right) }

      var cells: [TextTable.Cell] {
        [
          .init(excerpt(of: object.name), .name), .init(object.kind), .init(thing?.taken ?? 0),
          .init(thing?.contended ?? 0), .init(thing?.waited(at: now) ?? 0),
          .init(meanWait.text), .init(longestWait?.ticks),
          isHeld ? .init(thing?.held(at: now) ?? 0) : "-", .init(longestHold?.ticks),
          .init(thing?.longestQueue ?? 0), .init(thing?.timeouts ?? 0),
          .init(thing?.leftBehind ?? 0),
        ]
      }
    }
  }
}
