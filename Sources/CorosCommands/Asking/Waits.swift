import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Lists the longest waits for the CPU.
  enum Waits: SimpleCommand {
    static let manual = Manual(
      name: "waits",
      summary: "list the longest waits for the CPU, and who had it meanwhile",
      usage: "waits [TID] [FROM..TO] [N]",
      group: .asking,
      details: """
        An unbroken stretch of ticks in which a task was ready and did not run is a wait. The N longest (default: 10) \
        are listed, those of one task with TID, and those within some ticks with FROM..TO.
        """,
      example: "waits",
      seeAlso: ["stats", "why", "timeline", "lints"],
      completion: [.anyTask, .nothing]
    )

    static let reference = Reference(
      demonstration: ["policy fifo; workload len=4 len=2; run", "waits"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 3, manual)
      var (range, task, most): (TickRange?, TaskID?, Int?)
      for index in invocation.arguments.indices {
        let word = invocation.arguments[index]
        if TickRange.isRange(word) {
          range = try TickRange(word)
          try range?.requireTicks()
        } else if task == nil, invocation.arguments.count == 1 || index == 0 {
          task = try invocation.tid(index, in: shell)
        } else {
          most = try invocation.integer(index, "the number of waits", in: 1...100_000)
        }
      }
      let now = shell.scheduler.now
      let (from, to) = (min(range?.from ?? 0, now), min(range?.to ?? now, now))
      let waits = RangeMetrics.longestWaits(
        shell.session.recorders.timeline,
        from..<max(from, to),
        now: now,
        of: task,
        most: most ?? 10
      )
      return Result(waits: waits.map { Row(wait: $0.wait, runners: $0.runners) })
    }

    struct Result: CommandResult, ResultObject {
      let waits: [Row]

      static let fields: [ResultField<Self>] = [
        .objects("waits", "the waits, longest first", \.waits)
      ]

      func text(in look: Look) -> String {
        waits.isEmpty ? "no task has had to wait for the CPU" : look.table(of: waits)
      }
    }

    struct Row: ListingRow {
      let wait: RangeMetrics.Wait
      let runners: [(task: TaskID, ticks: Tick)]

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task that waited", \.wait.tid.rawValue),
        .text("name", "its name", \.wait.name),
        .number("ticks", "for how long", \.wait.ticks),
        .number("from", "the first tick of the wait", \.wait.from),
        .number("to", "the tick after the last", \.wait.to),
        .objects("runners", "who had the CPU meanwhile, most first") { row in
          row.runners.map { Runner(task: $0.task, ticks: $0.ticks) }
        },
      ]

      static let columns: [TextTable.Column] = [
        .init("TICKS", .right), .init("TASK", .right), .init("NAME"), .init("FROM", .right),
        .init("UNTIL", .right), .init("MEANWHILE"),
      ]

      var cells: [TextTable.Cell] {
        let most = 5
        let shown = runners.prefix(most).map { "task \($0.task) ran \($0.ticks)" }
        let rest = runners.count > most ? ["and \(runners.count - most) others"] : []
        return [
          .init(wait.ticks), .init("\(wait.tid)", .heading), .init(wait.name), .init(wait.from),
          .init(wait.to), .init((shown + rest).joined(separator: ", ")),
        ]
      }
    }

    struct Runner: ResultObject {
      let task: TaskID
      let ticks: Tick

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task", \.task.rawValue),
        .number("ticks", "the ticks of CPU that it had", \.ticks),
      ]
    }
  }
}
