package import CorosKernel
package import CorosLanguage
import CorosSync

/// The view that expressions have of a machine.
package struct MachineView: ExpressionEnvironment {
  package let scheduler: Scheduler
  /// What is known of the past; nil where an expression is looked at after every step.
  private let past: (any PastView)?

  package init(
    scheduler: Scheduler,
    past: (any PastView)? = nil
  ) {
    self.scheduler = scheduler
    self.past = past
  }

  /// The names, and the functions with their parenthesis, for Tab.
  package var words: [String] { names + functions.map { $0 + "(" } }

  /// The names of the machine's own figures.
  private static let figures = [
    "tick", "policy", "switches", "preemptions", "idle", "fairness", "deadlock",
  ]

  package var names: [String] {
    Self.figures + scheduler.objects.filter { $0.kind == SharedCell.kind }.map(\.name)
  }

  package let functions = [
    "state", "status", "name", "parent", "dispatches", "response", "turnaround", "wait", "blocked",
    "stopped", "level", "priority", "preemptions", "output", "average", "maximum", "count",
    "holder",
    "waiters", "value", "holds",
  ]

  /// The words that `count` accepts.
  private static let states = TaskWords.states + ["live", "all"]

  package func answers(of function: String) -> [String]? {
    switch function {
    case "state": TaskWords.states + ["none"]
    case "status": ["killed", "failed", "none"]
    default: nil
    }
  }

  package func value(of name: String) -> ExpressionValue? {
    if name == "tick" { return .integer(scheduler.now) }
    return cell(name) ?? figure(name)
  }

  /// One of the machine's own figures.
  private func figure(_ name: String) -> ExpressionValue? {
    switch name {
    case "policy":
      .string(String(scheduler.policyDescription.prefix { $0 != " " }))
    case "switches": .integer(scheduler.switches)
    case "preemptions": .integer(scheduler.preemptions)
    case "idle": .integer(scheduler.idleTicks)
    case "fairness": RunMetrics(scheduler).fairness.value.map { .decimal($0) } ?? .string("none")
    case "deadlock":
      .truth(scheduler.lastDispatched.flatMap { scheduler.deadlock(after: $0) } != nil)
    default: nil
    }
  }

  /// The value of a shared cell, or of all cells of an array.
  private func cell(_ name: String) -> ExpressionValue? {
    if let cell = scheduler.find(SharedCell.self, named: name) { return value(of: cell) }
    guard scheduler.find(SharedCell.self, named: "\(name)[0]") != nil else { return nil }
    // All elements of an array, as they are written.
    var values: [String] = []
    while let cell = scheduler.find(SharedCell.self, named: "\(name)[\(values.count)]"),
      let value = value(of: cell)
    {
      values.append(value.description)
    }
    return .string("[" + values.joined(separator: ", ") + "]")
  }

  private func value(of cell: Object<SharedCell>) -> ExpressionValue? {
    scheduler.value(of: cell).map { $0.isTruth ? .truth($0.value != 0) : .integer($0.value) }
  }

  package func call(
    _ function: String,
    _ arguments: [ExpressionValue]
  ) throws(ExpressionError) -> ExpressionValue {
    if function == "holds", arguments.count == 2 {
      return .truth(try held(by: arguments[0]).contains { $0.name == arguments[1].description })
    }
    guard arguments.count == 1 else {
      throw ExpressionError("\(function) takes one argument, not \(arguments.count)")
    }
    if ["holder", "waiters", "value"].contains(function) {
      return try ask(function, of: arguments[0].description)
    }
    if function == "holds" { return .integer(try held(by: arguments[0]).count) }
    if function == "count" { return .integer(try count(arguments[0])) }
    if function == "average" || function == "maximum" {
      return try mean(function, of: arguments[0])
    }
    if function == "preemptions" || function == "output" {
      return try ask(function, of: arguments[0])
    }
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
    case "blocked": .integer(task.accounting.blocked(now: scheduler.now))
    case "stopped": .integer(task.accounting.stopped(now: scheduler.now))
    case "level": scheduler.level(of: task.tid).map { .integer($0) } ?? .string("none")
    case "priority": .integer(task.loan?.priority ?? task.parameters.priority)
    default: throw ExpressionError("there is no function '\(function)'")
    }
  }

  /// The holder of an object, the number of those who wait for it, or what it counts; none where there is no such thing.
  private func ask(_ function: String, of name: String) throws(ExpressionError) -> ExpressionValue {
    guard let object = scheduler.objects(named: name).first else { return .string("none") }
    switch function {
    case "holder": return object.holders.first.map { .integer($0.task.rawValue) } ?? .string("none")
    case "waiters": return .integer(object.waiters.count)
    default:
      guard let count = object.count else {
        throw ExpressionError(
          "'\(name)' is a \(object.kind), which counts nothing",
          hint: "semaphores and channels have a value; `holder` and `waiters` are for all"
        )
      }
      return .integer(count)
    }
  }

  /// What only the record of the past knows of a task.
  private func ask(
    _ function: String,
    of task: ExpressionValue
  ) throws(ExpressionError) -> ExpressionValue {
    guard case .integer(let number) = task else {
      throw ExpressionError("\(function) takes a task id, not '\(task)'")
    }
    guard let past else {
      throw ExpressionError(
        "`\(function)` looks at the whole past, too much to do after every step",
        hint: "`print` and `assert` can ask for it, and `events` lists what it counts"
      )
    }
    let tid = TaskID(rawValue: number)
    if function == "preemptions" { return .integer(try past.preemptions(of: tid)) }
    return .string(past.lastOutput(of: tid) ?? "none")
  }

  /// The average or the maximum of a quantity, over the tasks that have ended.
  private func mean(
    _ function: String,
    of quantity: ExpressionValue
  ) throws(ExpressionError) -> ExpressionValue {
    let metrics = RunMetrics(scheduler)
    let span =
      switch quantity.description {
      case "response": metrics.response
      case "turnaround": metrics.turnaround
      case "wait": metrics.wait
      default:
        throw ExpressionError(
          "'\(quantity)' has no \(function)",
          hint: "one of response, turnaround, wait"
        )
      }
    if function == "maximum" { return ticks(span.maximum) }
    return span.average.value.map { .decimal($0) } ?? .string("none")
  }

  /// What a task holds.
  private func held(by task: ExpressionValue) throws(ExpressionError) -> [ObjectInfo] {
    guard case .integer(let number) = task else {
      throw ExpressionError("holds takes a task id, not '\(task)'")
    }
    return scheduler.held(by: TaskID(rawValue: number))
  }

  private func ticks(_ ticks: Tick?) -> ExpressionValue {
    ticks.map { .integer($0) } ?? .string("none")
  }

  private func status(_ task: TaskInfo) -> ExpressionValue {
    switch task.status {
    case .exited(let code)?: .integer(code)
    case .killed?: .string("killed")
    case .cancelled?: .string("cancelled")
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
