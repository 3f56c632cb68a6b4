import CorosKernel

/// Fails unless something holds.
enum Assert: ShellCommand {
  static let manual = Manual(
    name: "assert",
    summary: "fail unless something holds",
    usage: "assert EXPRESSION",
    group: .shell,
    details: """
      Compares what a script can see, with `== != < <= > >=`, `and`, `or`, `not` and parentheses:
        tick                      the clock
        state(TID)                new, ready, running, waiting, sleeping, stopped, exited or none
        status(TID)               the exit code, killed, failed, or none while it lives
        name(TID) parent(TID)     what it is called, who created it
        dispatches(TID)           its ticks of CPU
        response(TID) turnaround(TID) wait(TID)   as in `stats`; none while that is open
        count(STATE)              how many tasks are in a state; count(all), count(live)
        $? $! $name               as everywhere
      When it does not hold both sides are shown, and a script stops there: a handout and a test can be \
      the same file.
      """,
    example: "assert count(live) == 0",
    seeAlso: ["echo", "source"],
    completion: [.words(["tick", "state(", "status(", "count(", "not"]), .nothing]
  )

  static let reference = Reference(
    notes: "What does not hold is an error, like any other failure.",
    results: [ResultLine([.init("holds", .truth, "always true")])],
    demonstration: ["spawn count", "assert state(1) == ready", "assert tick > 5"]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    let verdict: Expression.Verdict
    do throws(ExpressionError) {
      let expression = try Expression(parsing: invocation.arguments, in: invocation.line)
      verdict = try expression.verdict(in: MachineView(scheduler: shell.scheduler))
    } catch {
      throw CommandFailure(error)
    }
    switch verdict {
    case .holds:
      shell.report(["command": "assert", "holds": true]) { "" }
    case .fails(let explanation):
      let (first, last) = (invocation.arguments.first, invocation.arguments.last)
      let place = (first?.range.lowerBound ?? 0)..<(last?.range.upperBound ?? 0)
      throw CommandFailure(explanation.description, at: place)
    }
  }
}

/// What expressions can see of a machine.
struct MachineView: ExpressionEnvironment {
  let scheduler: Scheduler

  let names = ["tick"]
  let functions = [
    "state", "status", "name", "parent", "dispatches", "response", "turnaround", "wait", "count",
  ]

  /// What can be counted.
  private static let states = TaskWords.states + ["live", "all"]

  func answers(of function: String) -> [String]? {
    switch function {
    case "state": TaskWords.states + ["none"]
    case "status": ["killed", "failed", "none"]
    default: nil
    }
  }

  func value(of name: String) -> ExpressionValue? {
    name == "tick" ? .integer(scheduler.now) : nil
  }

  func call(
    _ function: String,
    _ arguments: [ExpressionValue]
  ) throws(ExpressionError) -> ExpressionValue {
    guard arguments.count == 1 else {
      throw ExpressionError("\(function) takes one argument, not \(arguments.count)")
    }
    if function == "count" { return .integer(try count(arguments[0])) }
    guard case .integer(let number) = arguments[0] else {
      throw ExpressionError("\(function) takes a task id, not '\(arguments[0])'")
    }
    guard let task = scheduler.info(TaskID(rawValue: number)) else { return .string("none") }
    return switch function {
    case "state": .string(task.state.word)
    case "status": status(task)
    case "name": .string(task.name)
    case "parent": .integer(task.parent.rawValue)
    case "dispatches": .integer(task.accounting.dispatches)
    case "response": ticks(task.accounting.response)
    case "turnaround": ticks(task.accounting.turnaround)
    case "wait": .integer(task.accounting.wait(now: scheduler.now))
    default: throw ExpressionError("there is no function '\(function)'")
    }
  }

  private func ticks(_ ticks: Tick?) -> ExpressionValue {
    ticks.map { .integer($0) } ?? .string("none")
  }

  private func status(_ task: TaskInfo) -> ExpressionValue {
    switch TaskWords.status(of: task) {
    case .exited(let code)?: .integer(code)
    case .killed?: .string("killed")
    case .failed?: .string("failed")
    case nil: .string("none")
    }
  }

  private func count(_ state: ExpressionValue) throws(ExpressionError) -> Int {
    guard case .string(let word) = state, Self.states.contains(word) else {
      throw ExpressionError(
        "'\(state)' is not a state",
        hint: "one of \(Self.states.joined(separator: ", "))"
      )
    }
    if word == "live" { return scheduler.liveTaskCount }
    let tasks = scheduler.tasks(includingEnded: word == "exited" || word == "all")
    return tasks.reduce(0) { $0 + (word == "all" || $1.state.word == word ? 1 : 0) }
  }
}
