import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Explains why a task runs, or does not.
  enum Why: SimpleCommand, GlancingCommand {
    static let manual = Manual(
      name: "why",
      summary: "explain why a task runs, or does not",
      usage: "why [TID] \(Glance.usage)",
      group: .looking,
      details: """
        For a waiting task: what it waits for and since when, and what that task in turn waits for, to the \
        end of the chain; for a program that was typed, in which line it waits, and in which line another \
        task will do what it waits for. For a ready task: which tasks have run since it became ready, and which go before \
        it, by which rule of the policy. For a task that has ended: how it ended, which task ended it, and \
        its last system call. Without TID: why the task that ran last was chosen, which others could have \
        been, and why the task before it lost the CPU. Coros looks this up by replaying the history, which \
        may take a while.
        """,
      example: "why 1",
      seeAlso: ["info", "queue", "policy", "export"],
      completion: [.anyTask, .nothing]
    )

    static let reference = Reference(
      demonstration: ["policy stride; spawn count; spawn count; step", "why 1"]
    )

    typealias Result = Explanation

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 1, manual)
      let tid: TaskID
      let isNamed = !invocation.arguments.isEmpty
      if isNamed {
        tid = try shell.task(0, invocation)
      } else if let last = shell.scheduler.lastDispatched {
        tid = last
      } else {
        throw CommandFailure(
          "no task has run yet",
          at: invocation.name.range,
          hint: "`why TID` explains a task; `ps` lists them"
        )
      }
      let explanation = try shell.ask(invocation) { session throws(RequestFailure) in
        try session.explain(tid, tellsChoice: !isNamed)
      }
      guard let explanation else {
        throw shell.noTask(tid, at: isNamed ? invocation.arguments[0].range : invocation.name.range)
      }
      return explanation
    }
  }
}
