import CorosKernel

/// What is said of a task in tables and in JSON.
enum TaskWords {
  /// What it waits for; nil when it does not wait.
  static func reason(of task: TaskInfo) -> WaitReason? {
    switch task.state {
    case .waiting(let reason): reason
    case .sleeping: .time
    case .stopped(let reason): reason
    case .ready, .running, .exited: nil
    }
  }

  static func status(of task: TaskInfo) -> ExitStatus? {
    if case .exited(let status) = task.state { status } else { nil }
  }

  static func json(_ status: ExitStatus?) -> JSON {
    switch status {
    case .exited(let code)?: ["exited": .int(code)]
    case .killed?: ["killed": true]
    case .failed(let message)?: ["failed": .string(message)]
    case nil: nil
    }
  }

  /// The last column of `ps`: what it waits for, or how it ended.
  static func remark(on task: TaskInfo) -> String {
    switch task.state {
    case .sleeping(let deadline): "tick \(deadline)"
    case .waiting(let reason):
      "\(reason)" + (task.deadline.map { ", at most until tick \($0)" } ?? "")
    case .stopped(let reason?): "`resume`, and \(reason)"
    case .stopped(nil): "`resume`"
    case .exited(let status): status.description
    case .ready, .running: ""
    }
  }

  static func role(of state: TaskState) -> Style.Role {
    switch state {
    case .ready, .running: .good
    case .waiting, .sleeping, .stopped: .waiting
    case .exited(.exited(0)): .faint
    case .exited: .bad
    }
  }
}
