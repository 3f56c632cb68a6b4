import CorosKernel

/// Says why a task runs or does not.
enum Why: ShellCommand {
  static let manual = Manual(
    name: "why",
    summary: "say why a task runs, or does not",
    usage: "why TID",
    group: .looking,
    details: """
      For one that waits: for what, since when, and, if that is another task, what that is doing. For one \
      that is ready: who goes before it, by which rule of the policy, and what the rule goes by.
      """,
    example: "why 1",
    seeAlso: ["info", "queue", "policy"],
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
      ])
    ],
    demonstration: ["policy stride; spawn count; spawn count; step", "why 1"]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    if invocation.arguments.isEmpty { throw invocation.needsTask(manual) }
    try invocation.allow(atMost: 1, manual)
    let tid = try shell.task(0, invocation)
    guard let task = shell.scheduler.info(tid) else {
      throw CommandFailure(
        "there is no task \(tid)",
        at: invocation.arguments[0].range,
        hint: "`ps -a` lists the tasks there are and were"
      )
    }
    let explanation = Explanation(of: task, shell.scheduler)
    shell.report(explanation.json) { explanation.text }
  }
}
