import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Tells when a condition held.
  enum When: SimpleCommand {
    static let manual = Manual(
      name: "when",
      summary: "tell when a condition has held",
      usage: "when CONDITION",
      group: .asking,
      details: """
        Looks at the whole past, between any two steps, and lists the ticks at which the condition began to hold and \
        those at which it ceased. You stay where you are. `help expressions` lists what conditions can ask for.
        """,
      example: "when count(ready) > 1",
      seeAlso: ["events", "break", "assert", "print"],
      completion: [.expression]
    )

    static let takesExpressions = true

    static let reference = Reference(
      demonstration: ["spawn clock 3; spawn count 2; run", "when count(sleeping) > 0"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let condition = try invocation.expression(
        invocation.arguments,
        isCondition: true,
        shell.scheduler
      )
      let spans = try shell.ask(invocation) { session throws(RequestFailure) in
        try session.spans(of: condition)
      }
      return Result(spans: spans, now: shell.scheduler.now)
    }

    struct Result: CommandResult, ResultObject {
      let spans: [(from: Tick, to: Tick?)]
      let now: Tick

      static let fields: [ResultField<Self>] = [
        ResultField(
          "spans",
          .list(.list(.orNull(.number))),
          "from when it held, and when it ceased to; null if it holds now"
        ) { .array($0.spans.map { .array([.int($0.from), .int($0.to)]) }) },
        .number("ticks", "for how many ticks it has held") { result in
          result.spans.reduce(0) { $0 + ($1.to ?? result.now) - $1.from }
        },
      ]

      func text(in look: Look) -> String {
        if spans.isEmpty { return "it has never held" }
        let most = 100
        let lines = spans.prefix(most).map { span in
          span.to.map { "from tick \(span.from) until tick \($0)\n" }
            ?? "since tick \(span.from)\n"
        }
        let rest = spans.count - most
        return lines.joined()
          + (rest > 0 ? look.style.paint("and \(rest) times more; --json tells all", .faint) : "")
      }
    }
  }
}
