import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Shows the recent output of a task.
  enum Output: SimpleCommand {
    static let manual = Manual(
      name: "output",
      summary: "show the last lines that a task has written, or what all have",
      usage: "output TID [N] | [TID] FROM..TO",
      group: .looking,
      details: """
        Shows the last N lines (default: 100), whether or not the task is still alive. Coros keeps as many \
        bytes of each task as `limit output` says, and drops the oldest. At the prompt it shows no more than \
        that of a task until your next command. With FROM..TO, everything that was written in those ticks, by one \
        task or by all.
        """,
      example: "output 1 20",
      seeAlso: ["limit", "info", "trace"],
      completion: [.anyTask, .nothing]
    )

    /// It looks, but may take a while.
    static func access(hasWords: Bool) -> GuestAccess { .past }

    static let reference = Reference(demonstration: [
      "spawn count 3; run", "output 1 2", "output 1..3",
    ])

    typealias Result = EitherResult<Last, During>

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      if let last = invocation.arguments.last, TickRange.isRange(last) {
        return .second(try written(during: TickRange(last), invocation, shell))
      }
      if invocation.arguments.isEmpty { throw invocation.needsTask(manual) }
      try invocation.allow(atMost: 2, manual)
      let tid = try invocation.tid(0, in: shell)
      let most =
        invocation.arguments.count > 1
        ? try invocation.integer(1, "the number of lines", in: 1...1_000_000_000) : 100
      shell.monitor.flush()
      guard let output = shell.session.output(of: tid, last: most) else {
        throw shell.noTask(tid, at: invocation.arguments[0].range)
      }
      return .first(Last(output: output))
    }

    private static func written(
      during range: TickRange,
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> During {
      try invocation.allow(atMost: 2, manual)
      try range.requireTicks()
      let tid = invocation.arguments.count > 1 ? try invocation.tid(0, in: shell) : nil
      let query = EventQuery(.kind(.output), of: tid, from: range.from, to: range.to)
      let texts = try shell.ask(invocation) { session throws(RequestFailure) in
        try session.events(query)
      }
      return During(texts: texts.map { .init(event: $0) })
    }

    struct Last: CommandResult, ResultObject {
      let output: TaskOutput

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task", \.output.tid.rawValue),
        .texts("lines", "the last lines of its output", \.output.lines),
        .number("written_bytes", "the number of bytes it has written", \.output.writtenBytes),
        .number(
          "dropped_bytes",
          "the number of those bytes that are no longer kept",
          \.output.droppedBytes
        ),
      ]

      func text(in look: Look) -> String {
        let tid = output.tid
        guard output.isKept else {
          return output.isPerhapsForgotten
            ? "no output of task \(tid) is kept"
            : "task \(tid) has written nothing"
        }
        return look.style.paint(remark, .faint) + output.lines.map { $0 + "\n" }.joined()
      }

      /// The text above the lines: what is not shown.
      private var remark: String {
        if output.earlierLines > 0 {
          let all = output.lines.count + output.earlierLines
          return "\(counted(output.earlierLines, "earlier line")) not shown; "
            + "`output \(output.tid) \(all)` shows all that is kept\n"
        }
        guard output.droppedBytes > 0 else { return "" }
        return
          "the first \(output.droppedBytes) of \(counted(output.writtenBytes, "byte")) are no longer kept\n"
      }
    }

    /// What was written in some ticks.
    struct During: CommandResult, ResultObject {
      let texts: [Text]

      static let occasion = "With FROM..TO:"
      static let fields: [ResultField<Self>] = [
        .objects("texts", "what was written, oldest first", \.texts)
      ]

      func text(in look: Look) -> String {
        texts.isEmpty ? "nothing was written then" : look.table(of: texts)
      }

      struct Text: ListingRow {
        let event: PastEvent

        static let fields: [ResultField<Self>] = [
          .number("tick", "when it was written", \.event.tick),
          .number("tid", "the task that wrote it", \.event.task.rawValue),
          .text("text", "one line", \.event.detail),
        ]

        static let columns: [TextTable.Column] = [
          .init("TICK", .right), .init("TASK", .right), .init("TEXT"),
        ]
        var cells: [TextTable.Cell] {
          [.init(event.tick), .init(event.task.rawValue), .init(event.detail)]
        }
      }
    }
  }
}
