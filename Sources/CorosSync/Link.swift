public import CorosKernel

/// Links the caller with a task: when one of the two ends badly, the other is killed, with the same status.
///
/// Links go both ways, and there is at most one between two tasks. An end is bad unless it is an exit with 0. A task that
/// has called ``TrapExits`` gets a message instead, also of a good end.
///
/// - Blocks: never. Reply: whether the task is alive. Errors: `onlyForTasks`; `tooManyObjects`. O(1).
public struct Link: SystemCall {
  /// With which task.
  public let target: TaskID

  /// Makes the call.
  public init(with target: TaskID) {
    self.target = target
  }

  /// The task.
  public var arguments: String { "task \(target)" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Links the two.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching {
      let (own, caller) = (try kernel.ownMailbox(for: Self.name), kernel.caller)
      guard let other = try kernel.mailbox(of: target) else { return .reply(false) }
      if own != other {
        try kernel.change(own) { _ = $0.links.insert(target) }
        try kernel.change(other) { _ = $0.links.insert(caller) }
      }
      return .reply(true)
    }
  }
}

/// Ends the link between the caller and a task.
///
/// - Blocks: never. Reply: whether there was one. Errors: `onlyForTasks`. O(1).
public struct Unlink: SystemCall {
  /// From which task.
  public let target: TaskID

  /// Makes the call.
  public init(from target: TaskID) {
    self.target = target
  }

  /// The task.
  public var arguments: String { "task \(target)" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Unlinks the two; an exit of the task that has not been received is taken back, too.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching {
      let (own, caller) = (try kernel.ownMailbox(for: Self.name), kernel.caller)
      let wasLinked = try kernel.change(own) { state in
        let exit = state.messages.takeFirst { message -> Bool? in
          if case .exit(target, _) = message { true } else { nil }
        }
        return state.links.remove(target) != nil || exit != nil
      }
      if let other = kernel.bound(MailboxState.self, to: target) {
        try kernel.change(other) { _ = $0.links.remove(caller) }
      }
      return .reply(wasLinked)
    }
  }
}

/// Says whether the ends of linked tasks come to the caller as messages, instead of ending it.
///
/// A kill of the caller itself cannot be trapped.
///
/// - Blocks: never. Reply: how it was before. Errors: `onlyForTasks`. O(1).
public struct TrapExits: SystemCall {
  /// Whether they do.
  public let isOn: Bool

  /// Makes the call.
  public init(_ isOn: Bool = true) {
    self.isOn = isOn
  }

  /// Whether they do.
  public var arguments: String { isOn ? "on" : "off" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Notes it.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching {
      let own = try kernel.ownMailbox(for: Self.name)
      return .reply(
        try kernel.change(own) { state in
          defer { state.trapsExits = isOn }
          return state.trapsExits
        }
      )
    }
  }
}

extension MailboxState {
  /// Ends the linked tasks of one that has ended badly, or tells them, in the order of their ids.
  func endLinks(_ status: ExitStatus, in kernel: KernelContext) {
    for peer in links.sorted() {
      guard let box = kernel.bound(MailboxState.self, to: peer) else { continue }
      kernel.noteHeard(endOf: owner, by: peer)
      let isTold = try? kernel.change(box) { state in
        state.links.remove(owner)
        return state.trapsExits
      }
      if isTold == true {
        _ = try? kernel.deliver(.exit(of: owner, status), to: peer, isBounded: false)
      } else if status != .exited(0) {
        kernel.kill(peer, as: status)
      }
    }
  }
}

extension SystemInterface {
  /// Links the calling task with another, so that a bad end of one ends both; false when the other is not alive.
  @discardableResult
  public nonisolated(nonsending) func link(with task: TaskID) async throws -> Bool {
    try await call(Link(with: task))
  }

  /// Ends a link; false when there was none.
  @discardableResult
  public nonisolated(nonsending) func unlink(from task: TaskID) async throws -> Bool {
    try await call(Unlink(from: task))
  }

  /// Has the ends of linked tasks come as messages, or not; says how it was before.
  @discardableResult
  public nonisolated(nonsending) func trapExits(_ isOn: Bool = true) async throws -> Bool {
    try await call(TrapExits(isOn))
  }
}
