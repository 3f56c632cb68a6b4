import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Shows the time of the virtual clock.
  enum Clock: SimpleCommand {
    static let manual = Manual(
      name: "clock",
      summary: "show the time of the virtual clock",
      usage: "clock",
      group: .looking,
      details: """
        The clock advances by one tick with each step. When no task is ready and a timer is running, it \
        jumps to that timer. It stands still while you think.
        """,
      example: "clock",
      seeAlso: ["run", "stats"],
      completion: [.nothing]
    )

    /// Without words it only tells something.
    static func access(hasWords: Bool) -> GuestAccess { hasWords ? .changing : .present }

    static let reference = Reference(demonstration: ["spawn clock 3 2; step 3", "clock"])

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 0, manual)
      let scheduler = shell.scheduler
      return Result(
        tick: scheduler.now,
        idleTicks: scheduler.idleTicks,
        nextTimer: scheduler.nextDeadline
      )
    }

    struct Result: CommandResult, ResultObject {
      let tick: Tick
      let idleTicks: Tick
      let nextTimer: Tick?

      static let fields: [ResultField<Self>] = [
        .number("tick", "the tick now", \.tick),
        .number("idle_ticks", "the ticks in which no task ran", \.idleTicks),
        .numberOrNull("next_timer", "the tick at which the next sleeper is due", \.nextTimer),
      ]

      func text(in look: Look) -> String {
        "tick \(tick)"
          + (idleTicks > 0 ? "; \(counted(idleTicks, "tick")) idle" : "")
          + (nextTimer.map { "; the next timer is due at tick \($0)" } ?? "")
      }
    }
  }
}
