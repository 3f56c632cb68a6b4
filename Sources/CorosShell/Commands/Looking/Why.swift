import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Says why a task runs or does not.
  enum Why: PrintingCommand {
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
      results: [
        ResultLine([
          .init("tid", .number, "the task"),
          .init("state", .taskState, "what it is doing"),
          .init("why", .list(.text), "the answer, in sentences"),
          .init("policy", .text, "the policy, with its settings"),
          .init("rule", .text, "the rule by which it chooses"),
          .init(
            "merit",
            .orNull(.text),
            "what the rule goes by in this task, null if that is its place in the queue"
          ),
          .init(
            "ahead",
            .objects([
              .init("tid", .number, "the task"),
              .init("merit", .orNull(.text), "what the rule goes by in it"),
            ]),
            "those who go before it, if it is ready"
          ),
          .init("since", .orNull(.number), "since which tick it is as it is"),
          .init(
            "instead",
            .objects([
              .init("tid", .number, "the task"),
              .init("ticks", .number, "for how many ticks it ran"),
            ]),
            "who has run instead since it became ready"
          ),
          .init(
            "chain",
            .objects([
              .init("tid", .number, "the task"),
              .init("state", .taskState, "what it is doing"),
              .init("waiting_for", .orNull(.text), TaskWords.reasons),
              .init("since", .orNull(.number), "since which tick it waits"),
              .init("until", .orNull(.number), "the tick at which that is over at the latest"),
            ]),
            "those who wait for one another, itself first"
          ),
          .init("circle", .list(.number), "those in it who wait for one another in a circle"),
          .init("status", .orNull(.exitStatus), "how it ended, null while it lives"),
          .init(
            "killed",
            .orNull(
              .object([
                .init("by", .number, "by whom; 0 is the operator"), .init("tick", .number, "when"),
              ])
            ),
            "how it was killed, if it was"
          ),
          .init(
            "last_call",
            .orNull(
              .object([
                .init("call", .text, "the system call"),
                .init("arguments", .text, "what it asked for, in words; may be empty"),
                .init("tick", .number, "when"),
              ])
            ),
            "the last thing that it asked the kernel for"
          ),
          .init(
            "beside",
            .list(.number),
            "the tasks that could have been chosen in its last step, where that is explained"
          ),
          .init(
            "preempted",
            .orNull(.number),
            "the task that lost the CPU to it in that step, in the middle of its turn"
          ),
        ])
      ],
      demonstration: ["policy stride; spawn count; spawn count; step", "why 1"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
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
      guard let task = shell.scheduler.info(tid) else {
        throw shell.noTask(tid, at: isNamed ? invocation.arguments[0].range : invocation.name.range)
      }
      do throws(Interrupted) {
        let explanation = try Explanation(
          of: task,
          on: shell.machine,
          tellsChoice: !isNamed,
          isInterrupted: shell.session.isInterrupted
        )
        shell.report(explanation.json) { explanation.text }
      } catch {
        throw shell.interruption
      }
    }
  }
}
