import CorosKernel

/// Runs until nothing is left to run.
enum Run: ShellCommand {
  static let manual = Manual(
    name: "run",
    summary: "run until all have ended, nothing can run, or some ticks have passed",
    usage: "run [TICKS]",
    group: .time,
    details: """
      Tasks take turns as the policy says, and what they write is shown with their id before it. When \
      nothing is ready the clock jumps to the next sleeper. Ctrl-C stops the run and nothing else. It \
      fails when it ends in a deadlock. `trace on` shows each step.
      """,
    example: "run 100",
    seeAlso: ["step", "wait", "trace", "stats"],
    completion: [.nothing]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    try invocation.require(0...1, manual)
    let ticks =
      invocation.arguments.isEmpty
      ? Tick.max : try invocation.integer(0, "the number of ticks", in: 1...Tick.max)
    var dispatched = DispatchList()
    let isListing = shell.settings.isJSON
    let outcome = shell.scheduler.run(ticks: ticks) { [monitor = shell.monitor] scheduler in
      if isListing, let tid = scheduler.lastDispatched { dispatched.append(tid) }
      monitor.flush()
      return shell.isInterrupted
    }
    shell.monitor.flush()
    shell.live.wake()
    if shell.settings.isJSON {
      shell.output.writeLine(
        dispatched.json("run", shell, stopped: OutcomeWords.word(outcome))
      )
    } else {
      shell.tell(outcome)
    }
    try shell.failIfNeeded(outcome)
  }
}

/// The tasks that a command ran, in order: the first of them by name, the rest as a number.
struct DispatchList {
  private var tids: [TaskID] = []
  private(set) var count = 0
  /// The most that are listed one by one; a longer run is told by its number.
  private static let limit = 100_000

  mutating func append(_ tid: TaskID) {
    if count < Self.limit { tids.append(tid) }
    count += 1
  }

  func json(_ command: String, _ shell: Shell, stopped: String) -> JSON {
    [
      "command": .string(command),
      "dispatched": .array(tids.map { .int($0.rawValue) }),
      "dispatches": .int(count),
      "tick": .int(shell.scheduler.now),
      "stopped": .string(stopped),
    ]
  }
}

extension Shell {
  /// Says at the prompt how a run ended; a deadlock is told as the failure that follows.
  func tell(_ outcome: RunOutcome) {
    if case .deadlock = outcome { return }
    output.writeLine(style.paint(OutcomeWords.sentence(outcome, now: scheduler.now), .faint))
  }

  /// Turns the ends that are failures into failures.
  func failIfNeeded(_ outcome: RunOutcome?) throws(CommandFailure) {
    switch outcome {
    case .deadlock(let deadlock)?: throw OutcomeWords.failure(deadlock)
    case .conditionMet?:
      throw CommandFailure("interrupted", status: CommandFailure.interruptedStatus)
    default: break
    }
  }
}
