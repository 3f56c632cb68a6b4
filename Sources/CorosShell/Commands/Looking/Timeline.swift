import CorosExports
import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Draws what each task did in each tick.
  enum Timeline: PrintingCommand {
    static let manual = Manual(
      name: "timeline",
      summary: "draw who ran and who waited, tick by tick",
      usage: "timeline [TID ...] [FROM..TO]",
      group: .looking,
      details: """
        A row for each task, oldest first, and a column for each tick; a run too long for the line gets \
        more ticks to a column. Read a column downward to see who had the CPU and who stood in its way; \
        read a row to the right to see a task's life: its response is the stretch before the first \
        block, its wait all the ready ones. A row ends where its task does. In a column of several ticks \
        a full block stands for one that ran in all of them, a half block for one that ran in some, and \
        else there is what it did for the most of them. FROM..TO shows the ticks from FROM up to, but \
        not, TO, and either may be left out. TIDs choose the rows. A picture, for a slide or a handout, \
        has each task's response, turnaround and wait at the right; it is written over one that coros has \
        drawn, and over no other file unless with --force.
        """,
      example: "timeline 0..40",
      seeAlso: ["stats", "trace", "quiz"],
      options: [
        .init("--from", "FROM", "begin with tick FROM"),
        .init("--to", "TO", "end before tick TO"),
        .init("--svg", "FILE", "draw a picture into a file"),
        .init("--force", nil, "write over a file that is not ours"),
        .init("--ascii", nil, "do without block characters"),
      ],
      completion: [.anyTask]
    )

    static let reference = Reference(
      notes: "The last million changes of state are kept; the ticks before them are forgotten.",
      results: [
        ResultLine([
          .init(
            "tasks",
            .objects([
              .init("tid", .number, "the task"),
              .init("name", .text, "what it is called"),
              .init(
                "spans",
                .objects([
                  .init(
                    "state",
                    .word(TimelineState.allCases.map(\.rawValue)),
                    "what it was doing; one that is `new` is to arrive later"
                  ),
                  .init("from", .number, "from this tick"),
                  .init("to", .number, "up to, but not, this"),
                ]),
                "its life, in order"
              ),
            ]),
            "all that were there at some time, or those that were named"
          ),
          .init("from", .number, "the first tick"),
          .init("to", .number, "the tick after the last"),
          .init("policy", .text, "the policy now, with its settings"),
          .init("svg", .orNull(.text), "the file with the picture, if one was asked for"),
        ])
      ],
      demonstration: [
        "spawn job 2; spawn clock 2 1; run", "timeline", "timeline 1 0..2 --svg run.svg",
      ]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      let request = try TimelineRequest(invocation, manual, shell)
      let recorder = shell.session.recorders.timeline
      let now = shell.scheduler.now
      let range = try request.range(from: recorder.horizon, now: now)
      let tasks = request.tasks ?? recorder.tasks(in: range, now: now)
      if let file = request.file { try draw(tasks, range, into: file, request.isForced, shell) }
      if shell.settings.isJSON {
        let rows = recorder.rows(of: tasks, in: range, now: now)
        return shell.report(json(rows, range, request, shell)) { "" }
      }
      if request.file != nil { return }
      // Those that are asked for by name are all shown; else as many as can be seen at once.
      let shown =
        request.tasks == nil ? min(tasks.count, max(4, shell.host.height - 6)) : tasks.count
      let rows = recorder.rows(of: Array(tasks.prefix(shown)), in: range, now: now)
      shell.report(nil) { text(rows, of: tasks.count, range, request, shell) }
    }

    // MARK: As text

    private static func text(
      _ rows: [TimelineRow],
      of count: Int,
      _ range: Range<Tick>,
      _ request: TimelineRequest,
      _ shell: Shell
    ) -> String {
      let width = shell.host.width
      func told(_ text: String) -> [String] {
        TextFlow.wrapped(text, width: width, indent: "").split(separator: "\n").map {
          ClippedText.clipped(String($0), to: width)
        }
      }
      guard !range.isEmpty, !rows.isEmpty else {
        return told(
          shell.scheduler.now == 0
            ? "nothing has run yet; `spawn PROGRAM` and then `run`" : "no task was there"
        ).joined(separator: "\n")
      }
      let isUnicode = shell.settings.isUnicode && !request.isASCII
      let chart = TimelineChart(
        rows,
        range: range,
        width: width,
        glyphs: isUnicode ? .unicode : .ascii,
        style: shell.style
      )
      var title =
        "\(shell.scheduler.policyDescription), ticks \(range.lowerBound) to \(range.upperBound)"
      if chart.ticksPerColumn > 1 { title += ", \(chart.ticksPerColumn) ticks to a column" }
      var lines = told(title) + chart.lines
      if !chart.legend.isEmpty { lines.append(chart.legend) }
      var notes: [String] = []
      if rows.count < count {
        notes.append("\(rows.count) of \(count) tasks; `timeline TID ...` shows those you name")
      }
      if let note = request.note(horizon: shell.session.recorders.timeline.horizon) {
        notes.append(note)
      }
      lines += notes.flatMap(told).map { shell.style.paint($0, .faint) }
      return lines.joined(separator: "\n")
    }

    // MARK: As JSON

    private static func json(
      _ rows: [TimelineRow],
      _ range: Range<Tick>,
      _ request: TimelineRequest,
      _ shell: Shell
    ) -> JSON {
      [
        "command": "timeline",
        "tasks": .array(
          rows.map { row in
            [
              "tid": .int(row.tid.rawValue), "name": .string(row.name),
              "spans": .array(
                row.spans.map { span in
                  [
                    "state": .string(span.state.rawValue), "from": .int(span.from),
                    "to": .int(span.to),
                  ]
                }
              ),
            ]
          }
        ),
        "from": .int(range.lowerBound),
        "to": .int(range.upperBound),
        "policy": .string(shell.scheduler.policyDescription),
        "svg": .string(request.file?.text),
      ]
    }

    // MARK: As a picture

    /// A picture of more rows is no picture any more.
    private static let mostRows = 200

    private static func draw(
      _ tasks: [TaskID],
      _ range: Range<Tick>,
      into file: Argument,
      _ isForced: Bool,
      _ shell: Shell
    ) throws(CommandFailure) {
      let rows = shell.session.recorders.timeline.rows(
        of: Array(tasks.prefix(mostRows)),
        in: range,
        now: shell.scheduler.now
      )
      var subtitle =
        "ticks \(range.lowerBound) to \(range.upperBound), \(counted(rows.count, "task"))"
      if rows.count < tasks.count { subtitle += " of \(tasks.count)" }
      let picture = TimelinePicture(
        title: shell.scheduler.policyDescription,
        subtitle: subtitle,
        rows: rows,
        range: range
      )
      do throws(FileError) {
        let writer = try shell.files.writer(
          file.text,
          kind: TimelinePicture.kind,
          isForced: isForced
        )
        try writer.write(picture.text)
        try writer.commit()
      } catch {
        throw CommandFailure(error, at: file.range)
      }
      if !shell.settings.isJSON {
        shell.report(nil) { "drawn in \(excerpt(of: file.text)): \(subtitle)" }
      }
    }
  }
}
