package import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
package import CorosSession

/// The meaning of the words after `break`: the breakpoint, and its description.
package struct BreakpointSpec {
  package let point: StopPoint
  /// A sentence without a full stop: `task 3 runs`.
  package let what: String
  /// A further hint for the user, if there is one.
  package var remark: String?
  /// What must hold as well.
  package var condition: MachineExpression?

  /// The words that a specification can begin with, besides a task and a program.
  package static let keywords =
    [
      "run", "spawn", "call", "state", "exit", "kill", "write", "lock", "tick", "deadlock", "when",
    ] + Lint.allCases.map(\.rawValue)
}

/// Parses the words after `break`.
package struct BreakpointSpecParser {
  private let invocation: Invocation
  private let options: OptionWords
  private let words: [Argument]
  /// The words after `if`; nil without it.
  private let condition: [Argument]?
  private let shell: Shell
  private let manual: Manual

  /// Sorts the words of an invocation.
  package init(_ invocation: Invocation, _ options: OptionWords, _ manual: Manual, _ shell: Shell) {
    (self.invocation, self.options, self.manual, self.shell) = (invocation, options, manual, shell)
    let all = options.operands.map { invocation.arguments[$0] }
    let start = all.firstIndex { $0.isBare("if") }
    words = Array(all[..<(start ?? all.count)])
    condition = start.map { Array(all[($0 + 1)...]) }
  }

  /// Parses the specification.
  ///
  /// - Throws: What is wrong with it, where, and the way out.
  package func spec() throws(CommandFailure) -> BreakpointSpec {
    let spec = try point()
    guard let condition else { return spec }
    let expression = try invocation.expression(condition, isCondition: true, shell.scheduler)
    return BreakpointSpec(
      point: spec.point,
      what: "\(spec.what), if \(expression.text)",
      remark: spec.remark,
      condition: expression
    )
  }

  private func point() throws(CommandFailure) -> BreakpointSpec {
    guard let first = words.first else {
      throw CommandFailure(
        "break needs to know what to stop at",
        at: invocation.name.range,
        hint:
          "such as `break 3`, `break exit`, `break when count(ready) > 3`; `help break` lists all"
      )
    }
    if let by = options.value("--by"), !["call", "write", "lock"].contains(first.text) {
      throw CommandFailure(
        "--by is for `break call`, `break write` and `break lock`",
        at: by.range,
        hint: "others name the task themselves, such as `break exit 3`"
      )
    }
    switch first.text {
    case "run": return try run()
    case "spawn": return try spawn()
    case "call": return try call()
    case "state": return try state()
    case "exit": return try exit()
    case "kill": return try kill()
    case "write": return try write()
    case "lock": return try lock()
    case "tick": return try tick()
    case "deadlock":
      try allow(1)
      return BreakpointSpec(point: .deadlock, what: "no task can ever run again")
    case "when": return try becomesTrue()
    default:
      if let lint = Lint(rawValue: first.text) { return try report(lint) }
      return try task(first)
    }
  }

  // MARK: One function for each

  private func task(_ first: Argument) throws(CommandFailure) -> BreakpointSpec {
    try allow(1)
    if let spec = try line(first) { return spec }
    let tasks = try filter(first)
    if case .named(let name) = tasks, !isKnown(name) {
      let names = BreakpointSpec.keywords + shell.catalogue.programs.map(\.name)
      throw CommandFailure(
        "'\(excerpt(of: name))' is not a task, a program, or an event to stop at",
        at: first.range,
        hint: Suggestion.question(for: name, among: names)
          ?? "`break run \(quoted(excerpt(of: name)))` is for tasks of that name; `help break` lists the events"
      )
    }
    return BreakpointSpec(point: .runs(tasks), what: "\(subject(tasks)) runs")
  }

  /// A line of a typed program, as in `bump:3`.
  private func line(_ word: Argument) throws(CommandFailure) -> BreakpointSpec? {
    let parts = word.text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let line = Int(parts[1]),
      let text = shell.session.text(of: String(parts[0]), isProcedure: false)
    else { return nil }
    let name = String(parts[0])
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
    guard (1...lines).contains(line) else {
      throw CommandFailure(
        "\(name) has no line \(line)",
        at: word.range,
        hint: "its lines go from 1 to \(lines): `program \(name)` shows them"
      )
    }
    return BreakpointSpec(
      point: .line(line, of: .named(name)),
      what: "a task called \(name) does something in line \(line)"
    )
  }

  private func run() throws(CommandFailure) -> BreakpointSpec {
    guard words.count > 1 else { throw missing("a task, a name, or `any`", "break run 3") }
    try allow(2)
    let tasks = try filter(words[1])
    return BreakpointSpec(point: .runs(tasks), what: "\(subject(tasks)) runs")
  }

  private func spawn() throws(CommandFailure) -> BreakpointSpec {
    try allow(2)
    let tasks = try filter(at: 1)
    return BreakpointSpec(
      point: .spawned(tasks),
      what: "\(subject(tasks)) is created by a task",
      remark: "your own `spawn` happens between two steps, and stops nothing"
    )
  }

  private func call() throws(CommandFailure) -> BreakpointSpec {
    guard words.count > 1 else { throw missing("a system call", "break call Sleep") }
    let typed = words[1].text
    let known = EventWords.calls
    guard let name = known.first(where: { $0.lowercased() == typed.lowercased() }) else {
      throw CommandFailure(
        "there is no system call '\(excerpt(of: typed))'",
        at: words[1].range,
        hint: Suggestion.question(for: typed, among: known)
          ?? "they are \(known.joined(separator: ", "))"
      )
    }
    let arguments = words.dropFirst(2).map(\.text)
    let tasks = try by()
    let with = arguments.map { quoted(excerpt(of: $0)) }.joined(separator: " and ")
    return BreakpointSpec(
      point: .calls(name, arguments: arguments, by: tasks),
      what: "\(subject(tasks)) calls \(name)" + (with.isEmpty ? "" : " with \(with)")
    )
  }

  private func state() throws(CommandFailure) -> BreakpointSpec {
    guard words.count > 2 else {
      throw missing("a task and a state", "break state 3 waiting")
    }
    try allow(3)
    let task = try shell.task(options.operands[1], invocation)
    guard let state = TaskState.Kind(rawValue: words[2].text) else {
      let states = TaskState.Kind.allCases.map(\.rawValue)
      throw CommandFailure(
        "'\(excerpt(of: words[2].text))' is not a state",
        at: words[2].range,
        hint: Suggestion.question(for: words[2].text, among: states)
          ?? "one of \(states.joined(separator: ", "))"
      )
    }
    return BreakpointSpec(
      point: .enters(task, state),
      what: "task \(task) becomes \(state.rawValue)"
    )
  }

  private func exit() throws(CommandFailure) -> BreakpointSpec {
    try allow(3)
    let isStatusAlone = words.count == 2 && ["killed", "failed"].contains(words[1].text)
    let tasks = isStatusAlone ? .any : try filter(at: 1)
    guard let word = isStatusAlone ? words[1] : words.count > 2 ? words[2] : nil else {
      return BreakpointSpec(point: .ends(tasks), what: "\(subject(tasks)) ends")
    }
    let (ending, how): (StopPoint.Ending, String)
    switch word.text {
    case "killed": (ending, how) = (.killed, "is killed")
    case "failed": (ending, how) = (.failed, "fails")
    default:
      guard let code = Int(word.text) else {
        throw CommandFailure(
          "unknown ending '\(excerpt(of: word.text))'",
          at: word.range,
          hint: "an exit code, `killed` or `failed`, such as `break exit any 2`"
        )
      }
      (ending, how) = (.exited(code), "ends with exit code \(code)")
    }
    return BreakpointSpec(point: .ends(tasks, ending), what: "\(subject(tasks)) \(how)")
  }

  private func kill() throws(CommandFailure) -> BreakpointSpec {
    try allow(2)
    let tasks = try filter(at: 1)
    return BreakpointSpec(
      point: .killed(tasks),
      what: "\(subject(tasks)) is killed by a task",
      remark: "your own `kill` happens between two steps, and stops nothing"
    )
  }

  private func write() throws(CommandFailure) -> BreakpointSpec {
    try allow(2)
    let text = words.count > 1 ? words[1].text : ""
    let tasks = try by()
    return BreakpointSpec(
      point: .writes(text, by: tasks),
      what: "\(subject(tasks)) writes \(text.isEmpty ? "anything" : quoted(excerpt(of: text)))"
    )
  }

  private func lock() throws(CommandFailure) -> BreakpointSpec {
    guard words.count > 1 else {
      throw missing("the name of a lock or of another object", "break lock \"fork 1\"")
    }
    let name = words.dropFirst().map(\.text).joined(separator: " ")
    let tasks = try by()
    return BreakpointSpec(
      point: .shares(name, by: tasks),
      what: "\(subject(tasks)) takes \(quoted(excerpt(of: name))), waits for it or gives it back",
      remark: shell.scheduler.objects(named: name).isEmpty
        ? "nothing has that name yet; `locks` lists what tasks share" : nil
    )
  }

  private func report(_ lint: Lint) throws(CommandFailure) -> BreakpointSpec {
    try allow(1)
    return BreakpointSpec(
      point: .finds(lint.rawValue),
      what: "the lint \(lint.rawValue) finds something: \(lint.summary)",
      remark: shell.catalogue[lint.rawValue] == nil
        ? nil : "`break run \(lint.rawValue)` is for the program of that name"
    )
  }

  private func tick() throws(CommandFailure) -> BreakpointSpec {
    guard words.count > 1 else { throw missing("a tick", "break tick 100") }
    try allow(2)
    let tick = try invocation.integer(options.operands[1], "the tick", in: 0...Tick.max)
    let now = shell.scheduler.now
    return BreakpointSpec(
      point: .tick(tick),
      what: "the clock comes to tick \(tick)",
      remark: tick <= now ? "tick \(tick) is in the past: `rcontinue` goes back there" : nil
    )
  }

  private func becomesTrue() throws(CommandFailure) -> BreakpointSpec {
    let condition = try invocation.expression(
      Array(words.dropFirst()),
      isCondition: true,
      shell.scheduler
    )
    return BreakpointSpec(
      point: .holds(condition.holds),
      what: "\(condition.text) becomes true",
      remark: condition.holds(shell.scheduler)
        ? "already true; stops when it becomes true again" : nil
    )
  }

  // MARK: Parts

  private func by() throws(CommandFailure) -> TaskFilter {
    guard let by = options.value("--by") else { return .any }
    return try filter(by)
  }

  private func filter(at index: Int) throws(CommandFailure) -> TaskFilter {
    words.count > index ? try filter(words[index]) : .any
  }

  private func filter(_ word: Argument) throws(CommandFailure) -> TaskFilter {
    if word.text == "any" { return .any }
    let isNumber = word.text.drop { $0 == "-" || $0 == "+" }.utf8.allSatisfy(\.isASCIIDigit)
    guard isNumber else { return .named(word.text) }
    guard let number = Int(word.text), number > 0 else {
      throw CommandFailure(
        word.text == "0"
          ? "task 0 is you, the operator" : "'\(excerpt(of: word.text))' is not a task id",
        at: word.range,
        hint: "tasks are counted from 1; `any` stands for every task"
      )
    }
    return .task(TaskID(rawValue: number))
  }

  private func isKnown(_ name: String) -> Bool {
    shell.catalogue[name] != nil
      || shell.scheduler.tasks(includingEnded: true).contains { $0.name == name }
  }

  private func subject(_ tasks: TaskFilter) -> String {
    switch tasks {
    case .any: "a task"
    case .task(let task): "task \(task)"
    case .named(let name): "a task called \(quoted(excerpt(of: name)))"
    }
  }

  private func allow(_ count: Int) throws(CommandFailure) {
    guard words.count > count else { return }
    throw CommandFailure(
      "`break \(words[0].text)` does not take '\(excerpt(of: words[count].text))'",
      at: words[count].range,
      hint: "text with blanks goes in quotes; `help break` shows how each is typed"
    )
  }

  private func missing(_ what: String, _ example: String) -> CommandFailure {
    CommandFailure(
      "`break \(words[0].text)` needs \(what)",
      at: words[0].range,
      hint: "such as `\(example)`"
    )
  }
}
