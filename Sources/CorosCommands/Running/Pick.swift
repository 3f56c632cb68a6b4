import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Chooses the task that runs next.
  enum Pick: SimpleCommand {
    static let manual = Manual(
      name: "pick",
      summary: "choose the task that runs next",
      usage: "pick TID",
      group: .running,
      details: """
        A ready task that you pick runs in the next tick, out of turn. After that the policy continues as if \
        the task had been away for that tick. Under `policy manual` you are the scheduler: no task runs \
        until you pick one, `step` without a pick lists the tasks that you can pick, and a second pick \
        replaces the first.
        """,
      example: "pick 2",
      seeAlso: ["policy", "step", "queue"],
      completion: [.liveTask, .nothing]
    )

    static let reference = Reference(
      demonstration: ["policy manual; spawn count; spawn hello", "pick 2"]
    )

    struct Result: CommandResult, ResultObject {
      let tid: TaskID
      let name: String

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task that runs next") { $0.tid.rawValue }
      ]

      func text(in look: Look) -> String {
        "task \(tid) \(look.style.paint(name, .name)) runs next, for a tick"
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      if invocation.arguments.isEmpty { throw invocation.needsTask(manual) }
      try invocation.allow(atMost: 1, manual)
      let tid = try shell.task(0, invocation)
      do throws(RequestFailure) {
        try shell.session.pick(tid)
      } catch {
        let ready = shell.scheduler.readyQueue
        var failure = shell.failure(of: error, at: invocation.arguments[0].range)
        failure.hint =
          ready.isEmpty
          ? "no task is ready"
          : "ready: \(TaskWords.listed(ready, \.description)); `why \(tid)` explains why task \(tid) is not"
        throw failure
      }
      return Result(tid: tid, name: TaskWords.name(of: tid, shell.scheduler))
    }
  }
}
