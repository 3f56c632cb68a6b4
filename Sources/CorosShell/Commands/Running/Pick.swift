import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Says who runs next, where that is the operator's to say.
  enum Pick: PrintingCommand {
    static let manual = Manual(
      name: "pick",
      summary: "say who runs next",
      usage: "pick TID",
      group: .running,
      details: """
        A ready task that you pick is given the next tick, out of turn; then the policy goes on as before, \
        as if the task had been away for that tick. Under `policy manual` you are the scheduler: nobody \
        runs until you pick, `step` without a pick lists those you can pick, and a second pick takes the \
        place of the first.
        """,
      example: "pick 2",
      seeAlso: ["policy", "step", "queue"],
      completion: [.liveTask, .nothing]
    )

    static let reference = Reference(
      results: [ResultLine([.init("tid", .number, "the task that runs next")])],
      demonstration: ["policy manual; spawn count; spawn hello", "pick 2"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      if invocation.arguments.isEmpty { throw invocation.needsTask(manual) }
      try invocation.allow(atMost: 1, manual)
      let tid = try shell.task(0, invocation)
      do throws(SystemCallError) {
        try shell.session.pick(tid)
      } catch {
        throw failure(error, tid, invocation, shell)
      }
      shell.session.live.wake()
      shell.report(["command": "pick", "tid": .int(tid.rawValue)]) {
        "task \(shell.named(tid)) runs next, for a tick"
      }
    }

    private static func failure(
      _ error: SystemCallError,
      _ tid: TaskID,
      _ invocation: Invocation,
      _ shell: Shell
    ) -> CommandFailure {
      let ready = shell.scheduler.readyQueue
      let hint =
        if ready.isEmpty {
          "nobody is ready"
        } else {
          "ready: \(TaskWords.listed(ready, \.description)); `why \(tid)` tells why task \(tid) is not"
        }
      let message = shell.scheduler.info(tid)?.accounting.end == nil ? nil : shell.notAlive(tid)
      return CommandFailure(
        message ?? error.description,
        at: invocation.arguments[0].range,
        hint: hint
      )
    }
  }
}
