package import CorosKernel
import CorosLanguage

/// What tables and messages say of a task.
package enum TaskWords {
  /// What a task's state may be, in the order of a life.
  package static let states = TaskState.Kind.allCases.map(\.rawValue)

  /// What is told of the reason for which a task waits.
  package static let reasons =
    "for what it waits: `task 3`, `any child`, `time`, `I/O`, `outside`, or a channel's name"

  /// What it waits for; nil when it does not wait.
  package static func reason(of task: TaskInfo) -> WaitReason? {
    switch task.state {
    case .waiting(let reason): reason
    case .sleeping: .time
    case .stopped(let reason): reason
    case .new, .ready, .running, .exited: nil
    }
  }

  /// The task in parentheses behind its id: its name; nothing for one that is not known.
  package static func inParentheses(_ task: TaskID, _ scheduler: Scheduler) -> String {
    let name = name(of: task, scheduler)
    return name.isEmpty ? "" : " (\(name))"
  }

  /// The name of a task, cut to what a line can hold; empty for one that is not known.
  package static func name(of task: TaskID, _ scheduler: Scheduler) -> String {
    scheduler.info(task).map { excerpt(of: $0.name) } ?? ""
  }

  /// Of so many tasks a person is told, where there are very many.
  package static let mostListed = 50

  /// Tasks in words, with commas between; of very many, the first.
  package static func listed(_ tids: [TaskID], _ words: (TaskID) -> String) -> String {
    listed(tids.prefix(mostListed).map(words), of: tids.count)
  }

  /// The first of so many tasks, with commas between, and how many more there are.
  package static func listed(_ first: [String], of count: Int) -> String {
    let text = first.joined(separator: ", ")
    return count > first.count ? text + " and \(count - first.count) more" : text
  }

  package static func status(of task: TaskInfo) -> ExitStatus? {
    if case .exited(let status) = task.state { status } else { nil }
  }

  /// Whether there is such a task, and it has not ended.
  package static func isAlive(_ task: TaskInfo?) -> Bool {
    task.map { status(of: $0) == nil } ?? false
  }

  /// The last column of `ps`, which goes on from the state: waiting *for a child to end*.
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
    case .exited(.failed(let message)): "failed: \(message)"
    case .ready, .running: ""
    }
  }
}
