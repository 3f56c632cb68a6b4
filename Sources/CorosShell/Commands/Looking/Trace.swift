import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Shows each step of a run.
  enum Trace: PrintingCommand {
    static let manual = Manual(
      name: "trace",
      summary: "show every step of a run, and the last events",
      usage: "trace on | off | show [N]",
      group: .looking,
      details: """
        While the trace is on, `run` and `wait` tell of every step as `step` does, and the last 1000 \
        events are kept. `trace show` prints the last N of them, 20 unless you say otherwise.
        """,
      example: "trace on",
      seeAlso: ["step", "run"],
      completion: [.words(["on", "off", "show"]), .nothing]
    )

    static let reference = Reference(
      notes: """
        While it is on, each step of a run is a line of its own, and so is each tick in which nobody ran: see \
        the lines that are no command's result.
        """,
      results: [
        ResultLine(
          "Unless events are asked for:",
          [.init("on", .truth, "whether the trace is on")]
        ),
        ResultLine(
          "With `show`:",
          [
            .init(
              "events",
              .objects([
                .init("tick", .number, "when it happened"),
                .init("tid", .number, "to whom; 0 is the operator"),
                .init("what", .text, "what happened, as a word"),
                .init("detail", .text, "more about it; may be empty"),
              ]),
              "the last ones, oldest first"
            )
          ]
        ),
      ],
      demonstration: ["spawn clock 1 1", "trace on", "run", "trace show 2"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 2, manual)
      switch invocation.arguments.first?.text {
      case "on"?:
        try invocation.allow(atMost: 1, manual)
        shell.monitor.isTracing = true
      case "off"?:
        try invocation.allow(atMost: 1, manual)
        shell.monitor.isTracing = false
      case "show"?:
        let count =
          invocation.arguments.count > 1
          ? try invocation.integer(1, "the number of events", in: 1...1_000_000) : 20
        return show(count, shell)
      case nil: break
      default:
        throw CommandFailure(
          "trace is on, off or show",
          at: invocation.arguments[0].range,
          hint: "usage: \(manual.usage)"
        )
      }
      let isOn = shell.monitor.isTracing
      shell.report(["command": "trace", "on": .bool(isOn)]) { "trace: \(isOn ? "on" : "off")" }
    }

    private static func show(_ count: Int, _ shell: Shell) {
      let events = shell.session.recorders.log.events.suffix(count)
      shell.report(["command": "trace", "events": .array(events.map(json))]) {
        if events.isEmpty {
          return shell.monitor.isTracing
            ? "no events yet" : "no events: `trace on` begins to keep them"
        }
        var table = TextTable(
          [.init("TICK", .right), .init("TASK", .right), .init("WHAT"), .init("DETAIL")],
          style: shell.style
        )
        for event in events {
          let (what, detail) = EventWords.line(event)
          table.append([.init(event.tick), .init(event.task.rawValue), .init(what), .init(detail)])
        }
        return table.takeText()
      }
    }

    private static func json(_ event: Event) -> JSON {
      let (what, detail) = EventWords.line(event)
      return [
        "tick": .int(event.tick), "tid": .int(event.task.rawValue), "what": .string(what),
        "detail": .string(detail),
      ]
    }
  }
}
