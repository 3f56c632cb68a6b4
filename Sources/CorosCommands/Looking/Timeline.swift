import CorosExports
import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Draws what each task did in each tick.
  enum Timeline: SimpleCommand {
    static let manual = Manual(
      name: "timeline",
      summary: "draw what each task did in each tick",
      usage: "timeline [TID ...] [FROM..TO] [--lines] [-n ROWS]",
      group: .looking,
      details: """
        One row per task, oldest first, and one column per tick; in a long run a column stands for several \
        ticks. Read a column to see which task had the CPU and which tasks waited for it; the row `idle` shows when \
        none had it. Read a row to see \
        a task's life: its response is the part before the first block, and its wait is all the ready parts. A mark \
        behind it says that it ended, was killed, failed, or waits for ever in a deadlock. \
        In a column of several ticks a full block means that the task ran in all of them, and a lower one, in \
        eighths, that it ran in a part of them; otherwise the column shows what the task did most. FROM..TO shows the ticks from \
        FROM up to, but not including, TO; either may be left out. TIDs select the rows. As many rows are \
        shown as fit on the screen, or ROWS; `-n all` shows all.

        With --lines the texts of typed programs, and of assembly, stand below, on the same axis: a digit behind a \
        line is the task that ran it in that tick. Read a line to see who was there in which order, and a column to see \
        what happened in that tick. A text of more than 12 lines shows those that were run.

        --svg draws a \
        picture with response, turnaround and wait at the right, and --title says what stands above it. It replaces a picture that coros has drawn, \
        and any other file only with --force.
        """,
      example: "timeline 0..40",
      seeAlso: ["stats", "trace", "program", "quiz"],
      options: [
        .init("--from", "FROM", "begin with tick FROM"),
        .init("--to", "TO", "end before tick TO"),
        .init("--lines", nil, "show which task ran each line of a program"),
        .init("--svg", "FILE", "draw a picture into a file"),
        .init("--title", "TEXT", "what stands above the picture"),
        .init("--force", nil, "replace a file that is not a picture of coros"),
        .init("--ascii", nil, "use no block characters"),
      ],
      completion: [.anyTask]
    )

    static let reference = Reference(
      notes: "The last million changes of state are kept; the ticks before them are forgotten.",
      demonstration: [
        "spawn job 2; spawn clock 2 1; run", "timeline", "timeline 1 0..2 --svg run.svg",
      ]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let request = try TimelineRequest(invocation, manual, shell)
      let recorder = shell.session.recorders.timeline
      let now = shell.scheduler.now
      let range = try request.range(from: recorder.horizon, now: now)
      let tasks = request.tasks ?? recorder.tasks(in: range, now: now)
      let history = try lines(in: range, request, invocation, shell)
      let picture = try request.file.map { file throws(CommandFailure) in
        try draw(tasks, range, history, into: file, request, shell)
      }
      // A person sees the tasks asked for by name, or else as many as fit on the screen.
      let shown =
        shell.settings.isJSON || request.tasks != nil
        ? tasks.count : min(tasks.count, request.mostRows ?? max(4, shell.look.height - 6))
      // All rows are drawn at once.
      if shell.isInterrupted { throw shell.interruption }
      var rows = shell.timelineRows(of: tasks.prefix(shown), in: range)
      if let history {
        for index in rows.indices { rows[index].lines = history.steps[rows[index].tid] ?? [] }
      }
      return Result(
        rows: rows,
        idle: request.tasks == nil ? recorder.idleTime(in: range, now: now) : [],
        listings: history.map { TimelineListing.listings(of: rows.map(\.tid), $0) },
        taskCount: tasks.count,
        range: range,
        policy: shell.scheduler.policyDescription,
        picture: picture,
        isASCII: request.isASCII,
        note: request.note(horizon: recorder.horizon),
        hasRun: now > 0
      )
    }

    struct Result: CommandResult, ResultObject {
      let rows: [TimelineRow]
      /// The ticks in which no task ran; none where tasks were named.
      let idle: [TimelineSpan]
      /// The texts that the tasks run; nil where nobody asked for them.
      let listings: [TimelineListing]?
      /// The number of tasks, with a row or without.
      let taskCount: Int
      let range: Range<Tick>
      let policy: String
      /// The file with the picture, and a description of its content.
      let picture: (file: String, subtitle: String)?
      let isASCII: Bool
      /// The note about forgotten ticks.
      let note: String?
      /// Whether any tick has passed.
      let hasRun: Bool

      static let fields: [ResultField<Self>] = [
        .objects("tasks", "all tasks that existed in these ticks, or the named ones", \.rows),
        .number("from", "the first tick", \.range.lowerBound),
        .number("to", "the tick after the last", \.range.upperBound),
        ResultField(
          "idle",
          .list(.list(.number)),
          "from when no task ran, and to when; none where tasks are named"
        ) { .array($0.idle.map { .array([.int($0.from), .int($0.to)]) }) },
        .text("policy", "the policy now, with its settings", \.policy),
        .textOrNull("svg", "the file with the picture, if one was asked for") {
          $0.picture?.file
        },
      ]

      func text(in look: Look) -> String {
        if let picture { return "drawn in \(excerpt(of: picture.file)): \(picture.subtitle)" }
        guard !range.isEmpty, !rows.isEmpty else {
          return wrapped(
            hasRun ? "no task existed" : "nothing has run yet; `spawn PROGRAM` and then `run`",
            in: look
          ).joined(separator: "\n")
        }
        let chart = TimelineChart(
          rows,
          idle: idle,
          listings: listings ?? [],
          range: range,
          width: look.width,
          glyphs: look.isUnicode && !isASCII ? .unicode : .ascii,
          style: look.style
        )
        var title = "\(policy), ticks \(range.lowerBound) to \(range.upperBound)"
        if chart.ticksPerColumn > 1 { title += ", \(chart.ticksPerColumn) ticks to a column" }
        var lines = wrapped(title, in: look) + chart.lines
        if !chart.legend.isEmpty { lines.append(chart.legend) }
        var notes: [String] = []
        if rows.count < taskCount {
          notes.append(
            "\(rows.count) of \(taskCount) tasks; `timeline -n all` shows all, "
              + "`timeline TID ...` some"
          )
        }
        if listings?.isEmpty == true {
          notes.append("no task here runs a text: typed programs have lines, and assembly")
        }
        if let note { notes.append(note) }
        lines += notes.flatMap { wrapped($0, in: look) }.map { look.style.paint($0, .faint) }
        return lines.joined(separator: "\n")
      }

      /// A sentence, wrapped to the width.
      private func wrapped(_ text: String, in look: Look) -> [String] {
        TextFlow.wrapped(text, width: look.width, indent: "").split(separator: "\n").map {
          ClippedText.clipped(String($0), to: look.width)
        }
      }
    }

    // MARK: Lines

    /// The most ticks whose lines are looked up.
    private static let mostTicks = 1_000_000

    /// Which lines the tasks ran, if that is asked for.
    private static func lines(
      in range: Range<Tick>,
      _ request: TimelineRequest,
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) -> LineHistory? {
      guard let place = request.lines else { return nil }
      guard range.count <= mostTicks else {
        throw CommandFailure(
          "the lines of more than \(mostTicks) ticks are too many",
          at: place,
          hint: "`timeline \(range.upperBound - 100).. --lines` shows the last hundred"
        )
      }
      return try shell.ask(invocation) { session throws(RequestFailure) in
        try session.lines(in: range)
      }
    }

    // MARK: As a picture

    /// The maximum number of rows in a picture.
    private static let mostRows = 200

    private static func draw(
      _ tasks: [TaskID],
      _ range: Range<Tick>,
      _ history: LineHistory?,
      into file: Argument,
      _ request: TimelineRequest,
      _ shell: Shell
    ) throws(CommandFailure) -> (file: String, subtitle: String) {
      let rows = shell.timelineRows(of: tasks.prefix(mostRows), in: range)
      var subtitle =
        "ticks \(range.lowerBound) to \(range.upperBound), \(counted(rows.count, "task"))"
      if rows.count < tasks.count { subtitle += " of \(tasks.count)" }
      let picture = TimelinePicture(
        title: request.title ?? shell.scheduler.policyDescription,
        subtitle: request.title == nil
          ? subtitle : "\(shell.scheduler.policyDescription), \(subtitle)",
        rows: rows,
        range: range,
        listings: history.map { TimelineListing.listings(of: rows.map(\.tid), $0) } ?? []
      )
      do throws(FileError) {
        let writer = try shell.files.writer(
          file.text,
          kind: TimelinePicture.kind,
          isForced: request.isForced
        )
        try writer.write(picture.text)
        try writer.commit()
      } catch {
        throw CommandFailure(error, at: file.range)
      }
      return (file.text, subtitle)
    }
  }
}
