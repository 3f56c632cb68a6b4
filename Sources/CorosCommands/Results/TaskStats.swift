import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

/// What is known of one task.
struct TaskStats: CommandResult, ResultObject {
  let row: StatsRow
  let blame: SharingBook.Blame
  let metrics: RangeMetrics
  let calls: [CallCount]
  let losses: [Loss]

  static let occasion = "With `stats TID`:"
  static let fields: [ResultField<Self>] = [
    .object("task", "the figures of the task, as in the list", \.row),
    .number("lock_wait", "the ticks for which it has waited for locks", \.blame.waited),
    .number(
      "lock_blame",
      "the ticks for which others have waited for locks that it held, all of them together",
      \.blame.caused
    ),
    .number("preemptions", "how often the CPU was taken from it; in the range, if there is one") {
      $0.losses.reduce(0) { $0 + $1.count }
    },
    .objects("preempted_by", "the tasks that then had it, most often first", \.losses),
    .objects("calls", "its system calls, most frequent first", \.calls),
    .numberOrNull("longest_wait", "the ticks of its longest unbroken wait for the CPU") {
      $0.longestWait?.ticks
    },
    .numberOrNull("longest_wait_from", "when that began") { $0.longestWait?.from },
  ]

  private var longestWait: RangeMetrics.Wait? { metrics.tasks.first?.longestWait }

  func text(in look: Look) -> String {
    var text = look.table(of: [row])
    text += "it has waited \(counted(blame.waited, "tick")) for locks, and others "
    text += "\(counted(blame.caused, "tick")) for locks that it held\n"
    if let wait = longestWait {
      text +=
        "its longest wait for the CPU: \(counted(wait.ticks, "tick")), from tick \(wait.from)\n"
    }
    if !losses.isEmpty {
      let total = losses.reduce(0) { $0 + $1.count }
      let winners = losses.map { "task \($0.task) \($0.count)" }.joined(separator: ", ")
      text +=
        "it lost the CPU \(counted(total, "time")) although it could have gone on, to: \(winners)\n"
    }
    if !calls.isEmpty {
      text +=
        "its calls: " + calls.map { "\($0.call) \($0.count)" }.joined(separator: ", ") + "\n"
    }
    return text
  }
}

/// How often a task made a system call.
struct CallCount: ResultObject {
  let call: String
  let count: Int

  static let fields: [ResultField<Self>] = [
    .text("call", "the system call", \.call), .number("count", "how often", \.count),
  ]
}

/// How often a task lost the CPU to another.
struct Loss: ResultObject {
  let task: Int
  let count: Int

  static let fields: [ResultField<Self>] = [
    .number("tid", "the task that then had the CPU", \.task),
    .number("count", "how often", \.count),
  ]
}
