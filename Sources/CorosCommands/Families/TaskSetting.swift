import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

/// A command that sets a number of a task: `nice`, `tickets`, `priority`.
protocol TaskSetting: SimpleCommand where Result == TaskSettingResult<Self> {
  static var parameter: TaskParameter { get }
  /// The words before the number in the answer.
  static var label: String { get }
}

extension TaskSetting {
  static func run(
    _ invocation: Invocation,
    in shell: Shell
  ) throws(CommandFailure) -> TaskSettingResult<Self> {
    if invocation.arguments.isEmpty { throw invocation.needsTask(manual) }
    try invocation.allow(atMost: 2, manual)
    let tid = try shell.task(0, invocation)
    let (meaning, range) = (parameter.meaning, parameter.range)
    guard invocation.arguments.count == 2 else {
      throw CommandFailure(
        "\(manual.name) needs \(meaning), too",
        at: invocation.arguments[0].range,
        hint: "from \(range.lowerBound) to \(range.upperBound): `\(manual.example)`"
      )
    }
    let value = try invocation.integer(1, meaning, in: range)
    let outcome = try shell.ask(invocation) { session throws(RequestFailure) in
      try session.set(parameter, to: value, of: tid)
    }
    return TaskSettingResult(tid: tid, value: value, outcome: outcome)
  }
}

/// The result of setting a number of a task.
struct TaskSettingResult<Command: TaskSetting>: CommandResult, ResultObject {
  let tid: TaskID
  let value: Int
  let outcome: OrderOutcome

  static var fields: [ResultField<Self>] {
    [
      .number("tid", "the task") { $0.tid.rawValue },
      .numberOrNull(
        Command.parameter.rawValue,
        "its new value, or null if the task is not alive"
      ) { $0.outcome.absence == nil ? $0.value : nil },
    ]
  }

  func text(in look: Look) -> String {
    outcome.absence?.description ?? "task \(tid): \(Command.label) \(value)"
  }
}
