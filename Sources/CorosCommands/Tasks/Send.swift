import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Sends a message to a task.
  enum Send: SimpleCommand {
    static let manual = Manual(
      name: "send",
      summary: "send a message to a task",
      usage: "send TID TEXT",
      group: .tasks,
      details: """
        The text goes into the task's mailbox, or straight to the task if it waits for such a message. A message \
        never makes its sender wait, and the task need not take it: `locks` shows how many messages wait in which \
        mailbox. What is sent to a task that is not alive is lost, and the command says so.
        """,
      example: "send 2 \"hello\"",
      seeAlso: ["locks", "cancel", "info"],
      completion: [.liveTask, .nothing]
    )

    static let reference = Reference(demonstration: [
      "spawn clock 5; step", "send 1 hello", "locks",
    ])

    struct Result: CommandResult, ResultObject {
      let tid: TaskID
      let outcome: OrderOutcome

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task") { $0.tid.rawValue },
        .truth("sent", "whether it was alive") { $0.outcome.absence == nil },
      ]

      func text(in look: Look) -> String {
        outcome.absence?.description ?? "sent to task \(tid)"
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      if invocation.arguments.isEmpty { throw invocation.needsTask(manual) }
      let tid = try shell.task(0, invocation)
      guard invocation.arguments.count > 1 else {
        throw CommandFailure(
          "send needs a text for task \(tid)",
          hint: "usage: \(manual.usage)"
        )
      }
      let text = invocation.arguments.dropFirst().map(\.text).joined(separator: " ")
      let outcome = try shell.ask(invocation) { session throws(RequestFailure) in
        try session.send(text, to: tid)
      }
      return Result(tid: tid, outcome: outcome)
    }
  }
}
