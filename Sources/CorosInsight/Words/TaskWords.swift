package import CorosKernel
import CorosLanguage

/// The words of tables and messages about tasks.
package enum TaskWords {
  /// The states of a task, in the order of its life.
  package static let states = TaskState.Kind.allCases.map(\.rawValue)

  /// The description of the field that says what a task waits for.
  package static let reasons =
    "for what it waits: `task 3`, `any child`, `time`, `I/O`, `outside`, or a channel's name"

  /// What the task waits for; nil if it does not wait.
  package static func reason(of task: TaskInfo) -> WaitReason? {
    switch task.state {
    case .waiting(let reason): reason
    case .sleeping: .time
    case .stopped(let reason): reason
    case .new, .ready, .running, .exited: nil
    }
  }

  /// The name of a task in parentheses, to follow its id; empty for an unknown task.
  package static func inParentheses(_ task: TaskID, _ scheduler: Scheduler) -> String {
    let name = name(of: task, scheduler)
    return name.isEmpty ? "" : " (\(name))"
  }

  /// The name of a task, clipped to fit in a line; empty for an unknown task.
  package static func name(of task: TaskID, _ scheduler: Scheduler) -> String {
    scheduler.info(task).map { excerpt(of: $0.name) } ?? ""
  }

  /// The maximum number of tasks that a text lists.
  package static let mostListed = 50

  /// Tasks in words, with commas between; the first `mostListed` at most.
  package static func listed(_ tids: [TaskID], _ words: (TaskID) -> String) -> String {
    listed(tids.prefix(mostListed).map(words), of: tids.count)
  }

  /// The first of `count` tasks, with commas between, and how many more there are.
  package static func listed(_ first: [String], of count: Int) -> String {
    let text = first.joined(separator: ", ")
    return count > first.count ? text + " and \(count - first.count) more" : text
  }

  /// Whether the task exists and has not ended.
  package static func isAlive(_ task: TaskInfo?) -> Bool {
    task.map { $0.status == nil } ?? false
  }

  /// The last column of `ps`, which completes the state: waiting *for a child to end*.
  package static func remark(on task: TaskInfo) -> String {
    switch task.state {
    case .new(let arrival): "arrives at tick \(arrival)"
    case .sleeping(let deadline): "until tick \(deadline)"
    case .waiting(let reason): "for " + EventWords.waiting(for: reason, until: task.deadline)
    case .stopped(nil): "until `resume \(task.tid)`"
    case .stopped(.time?):
      "until `resume \(task.tid)`, and sleeping"
        + (task.deadline.map { " until tick \($0)" } ?? "")
    case .stopped(let reason?):
      "until `resume \(task.tid)`, and waiting for "
        + EventWords.waiting(for: reason, until: task.deadline)
    case .exited(.exited(let code)): "status \(code)"
    case .exited(.killed): "killed"
    case .exited(.cancelled(let by, let reason)):
      "\(ExitStatus.cancelled(by: by, reason: reason))"
    case .exited(.failed(let message)): "failed: \(message)"
    case .ready, .running: ""
    }
  }
}
