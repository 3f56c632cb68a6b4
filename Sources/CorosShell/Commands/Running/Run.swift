import CorosExports
import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Runs until nothing is left to run.
  enum Run: PrintingCommand {
    static let manual = Manual(
      name: "run",
      summary: "run to the end, or for some ticks",
      usage: "run [TICKS]",
      group: .running,
      details: """
        Tasks take turns as the policy says, and what they write is shown with their id before it. When \
        nothing is ready the clock jumps to the next sleeper. Ctrl-C stops the run and nothing else, and \
        so does a breakpoint. It fails when it ends in a deadlock. `trace on` shows each step.
        """,
      example: "run 100",
      seeAlso: ["step", "wait", "break", "trace", "stats"],
      completion: [.nothing]
    )

    static let reference = Reference(
      results: [.dispatches],
      demonstration: ["spawn count 2; spawn clock", "run 2", "run"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 1, manual)
      let ticks =
        invocation.arguments.isEmpty
        ? Tick.max : try invocation.integer(0, "the number of ticks", in: 1...Tick.max)
      try shell.run(ticks: ticks, as: "run")
    }
  }
}

extension Shell {
  /// Runs tasks on behalf of a command, and says why that ended.
  func run(ticks: Tick, as command: String) throws(CommandFailure) {
    var dispatched = DispatchList()
    let isListing = settings.isJSON
    let outcome = session.run(
      ticks: ticks,
      observing: isListing
        ? { scheduler in if let tid = scheduler.lastDispatched { dispatched.append(tid) } } : nil
    )
    monitor.flush()
    if settings.isJSON {
      output.writeLine(dispatched.json(command, self, outcome))
    } else {
      tell(outcome)
    }
    try failIfNeeded(outcome)
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

  /// The result of a command; without an end it stopped after so many steps.
  func json(_ command: String, _ shell: Shell, _ end: RunOutcome?) -> JSON {
    var members: [(String, JSON)] = [
      ("command", .string(command)),
      ("dispatched", .array(tids.map { .int($0.rawValue) })),
      ("dispatches", .int(count)),
      ("tick", .int(shell.scheduler.now)),
      ("stopped", .string(end.map(OutcomeWords.word) ?? "stepped")),
    ]
    if case .undecided(let ready)? = end {
      members.append(("ready", .array(ready.map { .int($0.rawValue) })))
    }
    if case .breakpoint? = end, let stop = shell.machine.stop { members += shell.json(stop) }
    return .object(members)
  }
}

extension Shell {
  /// Says how a run ended, unless that is a failure, which is told as such.
  func tell(_ outcome: RunOutcome) {
    switch outcome {
    case .deadlock, .conditionMet: break
    case .breakpoint: if let stop = machine.stop { tell(stop) }
    case .undecided(let tasks) where scheduler.isUndecided: listForPick(tasks)
    default: output.writeLine(style.paint(OutcomeWords.sentence(outcome, scheduler), .faint))
    }
  }

  /// Lists those of whom one must be picked.
  private func listForPick(_ tasks: [TaskID]) {
    let shown = 50
    var table = TextTable([.init("TID", .right), .init("NAME")], style: style)
    for tid in tasks.prefix(shown) {
      table.append([.init("\(tid)", .heading), .init(name(of: tid))])
    }
    output.write(table.takeText())
    let more = tasks.count > shown ? "and \(tasks.count - shown) more; " : ""
    output.writeLine(
      style.paint("\(more)who runs next? `pick TID` says it, and `step` runs it", .faint)
    )
  }

  /// Turns the ends that are failures into failures.
  func failIfNeeded(_ outcome: RunOutcome?) throws(CommandFailure) {
    switch outcome {
    case .deadlock(let deadlock)?: throw CommandFailure(deadlock)
    case .conditionMet?: throw interruption
    default: break
    }
  }

  /// The failure of a command that was interrupted.
  var interruption: CommandFailure {
    CommandFailure(
      OutcomeWords.sentence(.conditionMet, scheduler),
      status: CommandFailure.interruptedStatus
    )
  }
}
