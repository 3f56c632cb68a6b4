import CorosFiles
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Sets how far a task lets others go first.
  enum Nice: PrintingCommand {
    static let manual = Manual(
      name: "nice",
      summary: "set how far a task lets others go first",
      usage: "nice TID N",
      group: .tasks,
      details: """
        From -20, hardly at all, to 19; 0 unless you say otherwise. Under the policy `fair` each step is \
        about a tenth of the CPU between two tasks. Children inherit it.
        """,
      example: "nice 1 10",
      seeAlso: ["policy", "tickets", "priority", "info"],
      completion: [.liveTask, .nothing]
    )

    static let reference = Reference(
      results: [.setting("nice")],
      demonstration: ["spawn count", "nice 1 5"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      let range = SchedulingParameters.niceValues
      let (tid, value) = try shell.taskAndValue(invocation, manual, "a nice value", in: range)
      let isAlive =
        try shell.ask(invocation) { session throws(RequestFailure) in
          try session.setNice(value, of: tid)
        }
      shell.reportSetting("nice", "nice value", value, of: tid, isAlive)
    }
  }
}

extension Shell {
  /// Reads the task and the number of a command that sets one of its parameters.
  func taskAndValue(
    _ invocation: Invocation,
    _ manual: Manual,
    _ meaning: String,
    in range: ClosedRange<Int>
  ) throws(CommandFailure) -> (TaskID, Int) {
    if invocation.arguments.isEmpty { throw invocation.needsTask(manual) }
    try invocation.allow(atMost: 2, manual)
    let tid = try task(0, invocation)
    guard invocation.arguments.count == 2 else {
      throw CommandFailure(
        "\(manual.name) needs \(meaning), too",
        at: invocation.arguments[0].range,
        hint: "from \(range.lowerBound) to \(range.upperBound): `\(manual.example)`"
      )
    }
    return (tid, try invocation.integer(1, meaning, in: range))
  }

  /// Tells that one of a task's parameters is set, or that the task is not there.
  func reportSetting(
    _ name: String,
    _ words: String,
    _ value: Int,
    of tid: TaskID,
    _ isAlive: Bool
  ) {
    report([
      "command": .string(name), "tid": .int(tid.rawValue), name: isAlive ? .int(value) : .null,
    ]) {
      isAlive ? "task \(tid): \(words) \(value)" : notAlive(tid)
    }
  }
}
