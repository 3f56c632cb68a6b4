public import CorosKernel

/// That a task is told when another ends.
public struct Monitor: Hashable, Sendable {
  /// The task that is monitored.
  public let task: TaskID
  /// Which of the watcher's monitors it is.
  public let number: Int
}

extension Monitor: CustomStringConvertible {
  /// Its number, and the task.
  public var description: String { "monitor \(number) of task \(task)" }
}

/// Monitors a task: when it ends, the caller gets a message, one for each monitor.
///
/// - Blocks: never. Reply: the monitor; of a task that is not alive the message comes at once. Errors: `onlyForTasks`;
///   `tooManyObjects`. O(1).
public struct MonitorTask: SystemCall {
  /// Which task.
  public let target: TaskID

  /// Makes the call.
  public init(_ target: TaskID) {
    self.target = target
  }

  /// The task.
  public var arguments: String { "task \(target)" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Begins to monitor it.
  public func handle(in kernel: KernelContext) -> Disposition<Monitor> {
    .catching {
      let (own, caller) = (try kernel.ownMailbox(for: Self.name), kernel.caller)
      let number = try kernel.change(own) { state in
        state.lastNumber += 1
        return state.lastNumber
      }
      let monitor = Monitor(task: target, number: number)
      if let other = try kernel.mailbox(of: target) {
        try kernel.change(own) { $0.watched[number] = target }
        try kernel.change(other) { $0.watchers.append((caller, number)) }
      } else {
        try kernel.deliver(.down(monitor, nil), to: caller, isBounded: false)
      }
      return .reply(monitor)
    }
  }
}

/// Ends a monitor; a message of it that has not been received is taken back.
///
/// - Blocks: never. Reply: whether there was one. Errors: `onlyForTasks`. O(n) in the monitors of the task.
public struct Demonitor: SystemCall {
  /// Which monitor.
  public let monitor: Monitor

  /// Makes the call.
  public init(_ monitor: Monitor) {
    self.monitor = monitor
  }

  /// The task that is monitored.
  public var arguments: String { "task \(monitor.task)" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Ends it.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching {
      let (own, caller) = (try kernel.ownMailbox(for: Self.name), kernel.caller)
      let wasThere = try kernel.change(own) { state in
        let down = state.messages.takeFirst { message -> Bool? in
          if case .down(monitor, _) = message { true } else { nil }
        }
        return state.watched.removeValue(forKey: monitor.number) != nil || down != nil
      }
      if let other = kernel.bound(MailboxState.self, to: monitor.task) {
        try kernel.change(other) { state in
          state.watchers.removeAll { $0 == (caller, monitor.number) }
        }
      }
      return .reply(wasThere)
    }
  }
}

extension MailboxState {
  /// Tells those who monitor a task that it has ended.
  func tellWatchers(_ status: ExitStatus, in kernel: KernelContext) {
    for (watcher, number) in watchers {
      guard let box = kernel.bound(MailboxState.self, to: watcher) else { continue }
      kernel.noteHeard(endOf: owner, by: watcher)
      _ = try? kernel.change(box) { $0.watched.removeValue(forKey: number) }
      let message = Message.down(Monitor(task: owner, number: number), status)
      _ = try? kernel.deliver(message, to: watcher, isBounded: false)
    }
  }

  /// Ends the monitors of a task that has ended.
  func endWatching(in kernel: KernelContext) {
    for (_, task) in watched.sorted(by: { $0.key < $1.key }) {
      guard let box = kernel.bound(MailboxState.self, to: task) else { continue }
      _ = try? kernel.change(box) { state in state.watchers.removeAll { $0.watcher == owner } }
    }
  }
}

extension SystemInterface {
  /// Monitors a task: its end comes as a message.
  public nonisolated(nonsending) func monitor(_ task: TaskID) async throws -> Monitor {
    try await call(MonitorTask(task))
  }

  /// Ends a monitor; false when there was none.
  @discardableResult
  public nonisolated(nonsending) func demonitor(_ monitor: Monitor) async throws -> Bool {
    try await call(Demonitor(monitor))
  }
}
