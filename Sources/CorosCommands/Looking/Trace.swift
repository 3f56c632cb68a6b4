import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Shows each step of a run.
  enum Trace: SimpleCommand {
    static let manual = Manual(
      name: "trace",
      summary: "show every step of a run, and the last events",
      usage: "trace on | off | show [N]",
      group: .looking,
      details: """
        While the trace is on, `run` and `wait` show every step as `step` does. `trace show` prints the last N \
        events up to the present (default: 20), whether the trace was on or not.
        """,
      example: "trace on",
      seeAlso: ["step", "run"],
      completion: [.words(["on", "off", "show"]), .nothing]
    )

    /// Without words it only tells something.
    static func access(hasWords: Bool) -> GuestAccess { hasWords ? .changing : .present }

    static let reference = Reference(
      notes: """
        While it is on, each step of a run is a separate line, and so is each tick in which no task ran: see \
        the lines that are no command's result.
        """,
      demonstration: ["spawn clock 1 1", "trace on", "run", "trace show 2"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
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
        let events = try shell.ask(invocation) { session throws(RequestFailure) in
          try session.lastEvents(count)
        }
        return .second(Events(events: events))
      case nil: break
      default:
        throw CommandFailure(
          "trace is on, off or show",
          at: invocation.arguments[0].range,
          hint: "usage: \(manual.usage)"
        )
      }
      return .first(Switch(isOn: shell.monitor.isTracing))
    }

    typealias Result = EitherResult<Switch, Events>

    /// Whether the trace is on.
    struct Switch: CommandResult, ResultObject {
      let isOn: Bool

      static let occasion = "Except with `trace show`:"
      static let fields: [ResultField<Self>] = [.truth("on", "whether the trace is on", \.isOn)]

      func text(in look: Look) -> String { "trace: \(isOn ? "on" : "off")" }
    }

    /// The last events.
    struct Events: CommandResult, ResultObject {
      let events: [CorosKernel.Event]

      static let occasion = "With `show`:"
      static let fields: [ResultField<Self>] = [
        .objects("events", "the last events, oldest first") { $0.events.map(Row.init) }
      ]

      func text(in look: Look) -> String {
        if events.isEmpty { return "no events yet" }
        return look.table(of: events.map(Row.init))
      }

      private struct Row: ListingRow {
        let event: CorosKernel.Event
        private let words: (what: String, detail: String)

        init(_ event: CorosKernel.Event) {
          self.event = event
          words = EventWords.line(event)
        }

        static let fields: [ResultField<Self>] = [
          .number("tick", "when it happened", \.event.tick),
          .number("tid", "the task; 0 is the operator", \.event.task.rawValue),
          .text("what", "the event, as a word", \.words.what),
          .text("detail", "more about it; may be empty", \.words.detail),
        ]

        static let columns: [TextTable.Column] = [
          .init("TICK", .right), .init("TASK", .right), .init("WHAT"), .init("DETAIL"),
        ]

        var cells: [TextTable.Cell] {
          [
            .init(event.tick), .init(event.task.rawValue), .init(words.what), .init(words.detail),
          ]
        }
      }
    }
  }
}
