import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Says why a task runs or does not.
  enum Why: SimpleCommand {
    static let manual = Manual(
      name: "why",
      summary: "say why a task runs, or does not",
      usage: "why [TID]",
      group: .looking,
      details: """
        For one that waits: for what, since when, and, if that is another task, what that is doing, to the \
        end of the chain, and who could set it free. For one that is ready: who has run since it became so, \
        who goes before it, by which rule of the policy, and what the rule goes by. For one that has ended: \
        how, by whom, and its last call. Without TID, the task that ran last: why it, and not another. What \
        is past is looked up in the history, by bringing it about once more, which may take a while.
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
          "nobody has run yet",
          at: invocation.name.range,
          hint: "`why TID` tells of a task; `ps` lists them"
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
