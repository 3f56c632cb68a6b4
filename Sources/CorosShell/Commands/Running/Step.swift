import CorosFiles
import CorosHistory
import CorosKernel
import CorosSession

extension Commands {
  /// Runs a task for one tick, and tells what it did.
  enum Step: PrintingCommand {
    static let manual = Manual(
      name: "step",
      summary: "run one task for a tick, and tell what it did",
      usage: "step [N]",
      group: .running,
      details: """
        One ready task, chosen by the policy, gets the CPU for a tick: until it asks the kernel for \
        something, or ends. What it asked, and what came of it, is told, and who is next. With N, so many \
        times. When nothing is ready the clock jumps to the next sleeper. At the prompt, a bare Return \
        steps again. Under `policy manual` it is you who chooses: see `pick`.
        """,
      example: "step 5",
      seeAlso: ["run", "pick", "trace", "queue"],
      completion: [.nothing]
    )

    static let reference = Reference(
      results: [.dispatches],
      demonstration: ["spawn count 2; spawn clock", "step 3"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 1, manual)
      let count =
        invocation.arguments.isEmpty
        ? 1 : try invocation.integer(0, "the number of steps", in: 1...1_000_000_000)
      shell.lastStep = invocation.arguments.isEmpty ? "step" : "step \(count)"
      var dispatched = DispatchList()
      var end: RunOutcome?
      shell.monitor.narrating {
        while dispatched.count < count, end == nil {
          let (ran, outcome) = shell.session.step()
          if let ran { dispatched.append(ran) }
          end = outcome
        }
      }
      if shell.settings.isJSON {
        shell.output.writeLine(
          dispatched.json("step", shell, end)
        )
      } else {
        if let end { shell.tell(end) }
        if end == nil || shell.machine.stop != nil { shell.showNext() }
      }
      try shell.failIfNeeded(end)
    }
  }
}
