public import CorosKernel

/// Makes a group, whose body begins.
///
/// - Blocks: never. Reply: the group. Errors: `onlyForTasks`; `tooManyObjects`. O(1).
public struct OpenGroup: SystemCall {
  /// For which children it waits.
  public let wait: GroupWait

  /// Makes the call.
  public init(wait: GroupWait = .all) {
    self.wait = wait
  }

  /// For which children it waits, if not for all.
  public var arguments: String { wait == .any ? "any" : "" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Makes the group.
  public func handle(in kernel: KernelContext) -> Disposition<Group> {
    .catching {
      let scope = try kernel.openScope()
      do throws(SystemCallError) {
        let state = GroupState(owner: kernel.caller, scope: scope, wait: wait)
        let object = try kernel.make(state)
        try kernel.bind(object, to: kernel.caller, mode: GroupState.owner)
        return .reply(Group(object: object))
      } catch {
        _ = try kernel.closeScope(scope)
        throw error
      }
    }
  }
}

/// Creates a task in a group: a child of the caller.
///
/// Anybody who knows the group can add to it, its children as well. In a cancelled group the task begins cancelled.
///
/// - Blocks: never. Reply: the task. Errors: `closed` when the body of the group has ended; `tooManyTasks`. O(1).
public struct SpawnInGroup: SystemCall {
  /// Which group.
  public let group: Group
  /// What the task is called in listings.
  public let name: String
  /// Whether it serves the others: it is cancelled when none of them is left.
  public let isServant: Bool
  private let code: TaskCode

  /// Makes the call, with code in either form.
  public init(_ group: Group, _ name: String, asServant isServant: Bool = false, _ code: TaskCode) {
    self.group = group
    self.name = name
    self.isServant = isServant
    self.code = code
  }

  /// The name, and the group.
  public func arguments(in kernel: KernelContext) -> String {
    "\(name) in \(kernel.name(of: group.object))" + (isServant ? ", servant" : "")
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Creates the task.
  public func handle(in kernel: KernelContext) -> Disposition<TaskID> {
    .catching {
      let state = try kernel.value(of: group.object)
      if state.isClosing { throw SyncError.closed(kernel.name(of: group.object)) }
      let child = try kernel.createTask(name, code)
      let mode = isServant ? GroupState.servant : GroupState.worker
      try kernel.bind(group.object, to: child, mode: mode)
      try kernel.change(group.object) { state in
        state.children += 1
        if !isServant { state.workers += 1 }
      }
      if let reason = state.cancellation { _ = kernel.cancel(child, because: reason) }
      return .reply(child)
    }
  }
}
