import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Tells the time.
  enum Clock: PrintingCommand {
    static let manual = Manual(
      name: "clock",
      summary: "tell the time of the virtual clock",
      usage: "clock",
      group: .looking,
      details: """
        The clock goes one tick forward with each step, and jumps when nothing is ready and somebody \
        sleeps. It stands still while you think.
        """,
      example: "clock",
      seeAlso: ["run", "stats"],
      completion: [.nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init("tick", .number, "the tick now"),
          .init("idle_ticks", .number, "the ticks in which nobody ran"),
          .init("next_timer", .orNull(.number), "the tick at which the next sleeper is due"),
        ])
      ],
      demonstration: ["spawn clock 3 2; step 3", "clock"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 0, manual)
      let scheduler = shell.scheduler
      let next = scheduler.nextDeadline
      shell.report([
        "command": "clock", "tick": .int(scheduler.now), "idle_ticks": .int(scheduler.idleTicks),
        "next_timer": .int(next),
      ]) {
        "tick \(scheduler.now)"
          + (scheduler.idleTicks > 0 ? "; \(counted(scheduler.idleTicks, "tick")) idle" : "")
          + (next.map { "; the next timer is due at tick \($0)" } ?? "")
      }
    }
  }
}
