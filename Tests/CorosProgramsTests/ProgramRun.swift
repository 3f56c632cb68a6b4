import CorosKernel
import CorosPrograms
import Testing

/// Runs programs in a new scheduler, the first as task 1, and records all events.
final class ProgramRun {
  let scheduler: Scheduler
  private let log = EventLog(limit: 1_000_000)
  /// Broken invariants stay broken: only the first violation is reported.
  private var isReportedBroken = false

  init(
    _ commandLine: String? = nil,
    quantum: Tick = 1,
    policy: (any SchedulingPolicy)? = nil,
    seed: UInt64 = 0,
    limits: Limits = Limits(tasks: 1_000),
    foreignAwaits: ForeignAwaits = .refuse
  ) throws {
    scheduler = Scheduler(
      policy: policy ?? RoundRobin(quantum: quantum),
      seed: seed,
      limits: limits,
      foreignAwaits: foreignAwaits
    )
    scheduler.add(log)
    if let commandLine { try spawn(commandLine) }
  }

  @discardableResult
  func spawn(_ commandLine: String) throws -> TaskID {
    let (program, code) = try Self.prepare(commandLine)
    return try spawn(program.name, code)
  }

  @discardableResult
  func spawn(_ name: String, _ code: TaskCode) throws -> TaskID {
    switch code {
    case .body(let body): try scheduler.createTask(name, body)
    case .machine(let machine): try scheduler.createTask(name, machine: machine)
    }
  }

  /// Finds a program and checks its arguments, as a shell would; spaces separate the words.
  static func prepare(_ commandLine: String) throws -> (program: Program, code: TaskCode) {
    let words = commandLine.split(separator: " ").map(String.init)
    let program = try #require(Catalogue.builtIn[words[0]])
    return (program, try program.code(arguments: Array(words.dropFirst())))
  }

  /// Runs to the end, or for at most this many ticks, and checks the invariants after each step.
  @discardableResult
  func run(ticks: Tick = 100_000) -> RunOutcome {
    let outcome = scheduler.run(ticks: ticks) { _ in
      check()
      return false
    }
    check()
    return outcome
  }

  /// Runs this many steps, or fewer if no task can run any more.
  func step(_ count: Int) {
    for _ in 0..<count {
      guard case .dispatched = scheduler.step() else { return }
      check()
    }
  }

  func kill(_ tid: TaskID) throws {
    try scheduler.perform(KillTask(tid))
    check()
  }

  func check() {
    let faults = scheduler.brokenInvariants()
    if !faults.isEmpty, !isReportedBroken {
      isReportedBroken = true
      Issue.record("at tick \(scheduler.now): \(faults)")
    }
  }

  var events: [Event] { log.events }

  /// All output, as `tid: text`, in order.
  var output: [String] {
    events.compactMap { event in
      if case .wrote(let text) = event.action { "\(event.task): \(text)" } else { nil }
    }
  }

  /// How a task ended; nil while it is alive.
  func status(of tid: TaskID) -> CorosKernel.ExitStatus? {
    events.lazy.compactMap { event in
      if event.task == tid, case .exited(let status) = event.action { status } else { nil }
    }.first
  }

  /// How all tasks ended, in that order.
  var endings: [String] {
    events.compactMap { event in
      if case .exited(let status) = event.action { "\(event.task): \(status)" } else { nil }
    }
  }

  func count(_ matches: (Event.Action) -> Bool) -> Int {
    events.count { matches($0.action) }
  }
}

/// Runs of each program, small enough for tests that use all of them.
let samples = Catalogue.builtIn.programs.flatMap { program in
  chosenRuns[program.name]
    ?? [([program.name] + program.required.map { _ in "1" }).joined(separator: " ")]
}

/// The runs of programs that run long without arguments, or in several ways.
private let chosenRuns = [
  "count": ["count 3"], "job": ["job 4", "job 7 2 3", "job 5 1 0"],
  "proc": ["proc c2,i,c1 3", "proc c0,i,c0 0"],
  "dice": ["dice 3"], "clock": ["clock 5 2"], "sleepers": ["sleepers 3"], "family": ["family 2"],
  "fib": ["fib 4"], "patience": ["patience", "patience 30"],
  "stubborn": ["stubborn 3", "stubborn 5000"], "circle": ["circle 1", "circle 3"],
  "babble": ["babble 30"], "abba": ["abba", "abba same"], "buffer": ["buffer", "buffer wrong"],
  "account": ["account 2", "account 2 locked"], "lostwakeup": ["lostwakeup", "lostwakeup right"],
  "barrier": ["barrier", "barrier 3 2 wrong"],
  "readers": ["readers", "readers writers", "readers fair"],
  "barber": ["barber", "barber 2 6 wrong"], "smokers": ["smokers 2", "smokers 2 wrong"],
  "santa": ["santa", "santa wrong"], "h2o": ["h2o 2", "h2o 2 wrong"],
  "bathroom": ["bathroom", "bathroom wrong"],
  "philosophers": ["philosophers 3", "philosophers 3 2 ordered", "philosophers 3 2 seats"],
]

/// The samples that never end by themselves.
let endless: Set = [
  "spin", "duet", "visit", "stubborn 3", "stubborn 5000", "circle 3", "forkbomb", "babble 30",
  "abba", "buffer wrong", "philosophers 3", "lostwakeup", "barrier 3 2 wrong", "smokers 2 wrong",
  "santa wrong",
]

/// Wrong programs that end well if their tasks run long enough at a time.
let luckyInLongTurns: Set = ["abba", "philosophers 3"]

extension Program {
  /// The arguments that must be given.
  var required: ArraySlice<Parameter> { parameters.prefix { $0.standard == nil } }
}
