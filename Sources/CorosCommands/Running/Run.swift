import CorosKernel
import CorosSession
import CorosShell

extension Commands {
  /// Runs until no task can run.
  enum Run: ShellCommand {
    static let manual = Manual(
      name: "run",
      summary: "run to the end, or for some ticks",
      usage: "run [TICKS]",
      group: .running,
      details: """
        Tasks take turns as the policy decides; what they write is shown with their id. When no task is \
        ready, the clock jumps to the next timer. Ctrl-C or a breakpoint stops the run. The command fails \
        when the run ends in a deadlock. `trace on` shows each step.
        """,
      example: "run 100",
      seeAlso: ["step", "wait", "break", "trace", "stats"],
      completion: [.nothing]
    )

    static let reference = Reference(demonstration: ["spawn count 2; spawn clock", "run 2", "run"])

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<RunReport>
    ) throws(CommandFailure) {
      try invocation.allow(atMost: 1, manual)
      let ticks =
        invocation.arguments.isEmpty
        ? Tick.max : try invocation.integer(0, "the number of ticks", in: 1...Tick.max)
      let report = shell.session.run(ticks: ticks)
      results.add(report)
      try report.requireSuccess()
    }
  }
}
