import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Goes to a tick, a bookmark, or the last step of a task.
  enum Goto: TravelCommand {
    static let manual = Manual(
      name: "goto",
      summary: "go to a tick, a bookmark, or a task's last run",
      usage: "goto TICK | BOOKMARK | last TID",
      group: .travel,
      details: """
        TICK may be before or after the present, as far as the run is recorded; where the clock jumped over \
        it, you land where the jump began. `goto last TID` goes to the moment before that task's last step: \
        the next `step` is its step, and the same command again goes to the step before that.
        """,
      example: "goto last 1",
      seeAlso: ["back", "forward", "bookmark"],
      completion: [.bookmark, .anyTask, .nothing]
    )

    static let reference = Reference(
      demonstration: ["spawn count 3; step 3", "goto 1"]
    )

    static func destination(
      _ invocation: Invocation,
      in shell: Shell
    ) throws(CommandFailure) -> (Destination, place: SourceRange) {
      guard let first = invocation.arguments.first else {
        throw CommandFailure(
          "goto needs a tick, a bookmark, or `last` and a task",
          at: invocation.name.range,
          hint: "usage: \(manual.usage)"
        )
      }
      try invocation.allow(atMost: first.text == "last" ? 2 : 1, manual)
      if first.text == "last" {
        guard invocation.arguments.count == 2 else { throw invocation.needsTask(manual) }
        return (.lastStep(of: try invocation.tid(1, in: shell)), invocation.arguments[1].range)
      }
      if first.text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
        return (.tick(try invocation.integer(0, "the tick", in: 0...Tick.max)), first.range)
      }
      return (.bookmark(first.text), first.range)
    }
  }
}
