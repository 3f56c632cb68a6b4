import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Shows the time of the virtual clock.
  enum Clock: SimpleCommand {
    static let manual = Manual(
      name: "clock",
      summary: "show the time, or let it be real",
      usage: "clock [real [LENGTH] | virtual]",
      group: .looking,
      details: """
        The clock advances by one tick with each step. When no task is ready and a timer is running, it \
        jumps to that timer. It stands still while you think.

        With `clock real` a tick has a LENGTH, such as 1us, 10ms or 1s (default: 1us). While tasks run, the clock \
        goes no faster than real time, and a sleeper wakes when both have come to its tick. What real time brought about \
        is recorded: the past is repeated at full speed. `clock virtual` is as at the beginning.
        """,
      example: "clock real 1ms",
      seeAlso: ["run", "live", "stats"],
      completion: [.words(["real", "virtual"]), .nothing]
    )

    /// Without words it only tells something.
    static func access(hasWords: Bool) -> GuestAccess { hasWords ? .changing : .present }

    static let reference = Reference(demonstration: ["spawn clock 3 2; step 3", "clock"])

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      try invocation.allow(atMost: 2, manual)
      if !invocation.arguments.isEmpty { try set(invocation, in: shell) }
      return shell.asOfNow {
        let scheduler = shell.scheduler
        let task = scheduler.nextTimerTask
        return Result(
          tick: scheduler.now,
          idleTicks: scheduler.idleTicks,
          nextTimer: scheduler.nextDeadline,
          nextTask: task.map { (task: $0, name: shell.inParentheses($0)) },
          tickLength: shell.session.worldSettings?.tickLength
        )
      }
    }

    private static func set(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      guard shell.session.worldSettings != nil else { throw .noWorld(at: invocation.name.range) }
      switch (invocation.arguments[0].text, invocation.arguments.count) {
      case ("virtual", 1): shell.session.worldSettings?.tickLength = nil
      case ("real", 1): shell.session.worldSettings?.tickLength = TickLength.standard
      case ("real", 2):
        guard let length = TickLength.nanoseconds(invocation.arguments[1].text) else {
          throw CommandFailure(
            "this is no length of a tick: '\(excerpt(of: invocation.arguments[1].text))'",
            at: invocation.arguments[1].range,
            hint: "a whole number and a unit, from 1us to 60s: 1us, 50ms, 1s"
          )
        }
        shell.session.worldSettings?.tickLength = length
      default:
        throw CommandFailure(
          "the clock is real or virtual",
          at: invocation.arguments[0].range,
          hint: "usage: \(manual.usage)"
        )
      }
      shell.session.live.wake()
    }

    struct Result: CommandResult, ResultObject {
      let tick: Tick
      let idleTicks: Tick
      let nextTimer: Tick?
      /// The task whose timer it is; nil for an alarm of the machine's.
      let nextTask: (task: TaskID, name: String)?
      /// The nanoseconds of a tick; nil where time is virtual.
      let tickLength: UInt64?

      static let fields: [ResultField<Self>] = [
        .number("tick", "the tick now", \.tick),
        .number("idle_ticks", "the ticks in which no task ran", \.idleTicks),
        .numberOrNull("next_timer", "the tick at which the next sleeper is due", \.nextTimer),
        .numberOrNull("next_task", "the task whose timer that is") { $0.nextTask?.task.rawValue },
        .sometimes(
          "tick_length",
          .number,
          "the nanoseconds of a tick; absent where time is virtual"
        ) {
          $0.tickLength.map { .int(Int($0)) }
        },
      ]

      func text(in look: Look) -> String {
        "tick \(tick)"
          + (idleTicks > 0 ? "; \(counted(idleTicks, "tick")) idle" : "")
          + (nextTimer.map { "; the next timer is due at tick \($0)" } ?? "")
          + (nextTask.map { ", that of task \($0.task)\($0.name)" } ?? "")
          + (tickLength.map { "; real time, a tick takes \(TickLength.text($0))" } ?? "")
      }
    }
  }
}
