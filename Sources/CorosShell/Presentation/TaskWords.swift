import CorosKernel

/// What is said of a task in tables and in JSON.
enum TaskWords {
  /// What a task's state may be, in the order of a life.
  static let states = TaskState.Kind.allCases.map(\.rawValue)

  /// What is told of the reason for which a task waits.
  static let reasons =
    "for what it waits: `task 3`, `any child`, `time`, `I/O`, `outside`, or a channel's name"

  /// What it waits for; nil when it does not wait.
  static func reason(of task: TaskInfo) -> WaitReason? {
    switch task.state {
    case .waiting(let reason): reason
    case .sleeping: .time
    case .stopped(let reason): reason
    case .new, .ready, .running, .exited: nil
    }
  }

  static func status(of task: TaskInfo) -> ExitStatus? {
    if case .exited(let status) = task.state { status } else { nil }
  }

  /// Whether there is such a task, and it has not ended.
  static func isAlive(_ task: TaskInfo?) -> Bool {
    task.map { status(of: $0) == nil } ?? false
  }

  static func json(_ status: ExitStatus?) -> JSON {
    switch status {
    case .exited(let code)?: ["exited": .int(code)]
    case .killed?: ["killed": true]
    case .failed(let message)?: ["failed": .string(message)]
    case nil: nil
    }
  }

  /// The last column of `ps`, which goes on from the state: waiting *for a child to end*.
  static func remark(on task: TaskInfo) -> String {
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

  static func role(of state: TaskState) -> Style.Role {
    switch state {
    case .ready, .running: .good
    case .new, .waiting, .sleeping, .stopped: .waiting
    case .exited(.exited(0)): .faint
    case .exited: .bad
    }
  }
}
