import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Runs a task for one tick, and shows what it did.
  enum Step: ShellCommand {
    static let manual = Manual(
      name: "step",
      summary: "run one task for one tick, and show what it did",
      usage: "step [N | line]",
      group: .running,
      details: """
        One ready task, chosen by the policy, gets the CPU for one tick: until it makes a system call or \
        ends. Coros shows what it asked, what happened, and which task is next. With N, that many steps. \
        When no task is ready, the clock jumps to the next timer. At the prompt, Return repeats the step. \
        `step line` goes on until the task that runs next comes to another line of its typed program. \
        Under `policy manual` you choose the task: see `pick`.
        """,
      example: "step 5",
      seeAlso: ["run", "pick", "trace", "queue"],
      completion: [.words(["line"]), .nothing]
    )

    static let reference = Reference(demonstration: ["spawn count 2; spawn clock", "step 3"])

    struct Answer: CommandResult, ResultObject {
      let report: RunReport
      let next: NextTurn

      static let fields: [ResultField<Self>] =
        .fields(of: { $0.report })
        + [
          .numberOrNull("next", "the task that the next step runs, null for none") {
            $0.next.task?.rawValue
          }
        ]

      func text(in look: Look) -> String {
        let text = report.text(in: look)
        if let end = report.end, end.stop == nil { return text }
        return text + look.style.paint(next.sentenceWithFuture, .faint)
      }
    }

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<Answer>
    ) throws(CommandFailure) {
      try invocation.allow(atMost: 1, manual)
      if invocation.arguments.first?.text == "line" {
        shell.lastMove = "step line"
        let report = shell.monitor.narrating { shell.session.stepLine() }
        results.add(Answer(report: report, next: shell.session.nextTurn))
        return try report.requireSuccess()
      }
      let count =
        invocation.arguments.isEmpty
        ? 1 : try invocation.integer(0, "the number of steps", in: 1...1_000_000_000)
      shell.lastMove = invocation.arguments.isEmpty ? "step" : "step \(count)"
      let report = shell.monitor.narrating { shell.session.step(count) }
      results.add(Answer(report: report, next: shell.session.nextTurn))
      try report.requireSuccess()
    }
  }
}
