public import CorosKernel

/// Tasks that end before the code that started them goes on.
///
/// ```swift
/// try await os.withGroup { group in
///   try await group.spawn("left") { os in try await os.sleep(5) }
///   try await group.spawn("right") { os in try await os.sleep(9) }
/// }
/// ```
///
/// The end of the scope waits for all children. When one of them fails, the others and the body are cancelled, and the
/// scope ends with ``GroupFailed``. When the task that made the group is killed, its children are killed with it.
public struct Group: Hashable, Sendable {
  let object: Object<GroupState>

  /// Its number among the objects of its scheduler.
  public var id: ObjectID { object.id }
}

extension Group: CustomStringConvertible {
  /// Its number.
  public var description: String { "object \(id)" }
}

/// For which of its children a group waits.
public enum GroupWait: Hashable, Sendable {
  /// For all; one that fails has the others cancelled.
  case all
  /// For the first that ends well; the others are then cancelled.
  case any
}

/// The error of a group whose children did not all end well.
public struct GroupFailed: Error {
  /// The children that failed, exited with another code than 0, or were killed, in the order of their ends.
  ///
  /// The first was the cause of what followed. Those that were cancelled are no failures.
  public let children: [EndedChild]
  /// What the body failed with beside that, if it did.
  public let body: (any Error)?
}

extension GroupFailed: CustomStringConvertible {
  /// The children, with how they ended.
  public var description: String {
    return (children.map(\.description) + (body.map { ["the body: \($0)"] } ?? [])).joined(
      separator: "; "
    )
  }
}

struct GroupState: KernelObject {
  let owner: TaskID
  /// The cancel scope of the owner in which the body runs.
  let scope: Int
  let wait: GroupWait
  /// The children that live, without and with servants.
  var workers = 0
  var children = 0
  /// Whether the body has ended, so that no child can be added.
  var isClosing = false
  /// Why it was cancelled.
  var cancellation: String?
  var hasWinner = false
  var failures: [EndedChild] = []
  /// The children that have ended and that the owner has not asked for: the last so many, as the limits say.
  var ended = Line<EndedChild>()

  static var kind: String { "group" }

  // How tasks are bound to it.
  static let owner: UInt8 = 0
  static let worker: UInt8 = 1
  static let servant: UInt8 = 2

  // What the owner waits for.
  static let toClose: UInt8 = 0
  static let forNext: UInt8 = 1

  var summary: String {
    let children = children == 1 ? "1 task" : "\(children) tasks"
    return "\(children) of task \(owner)" + (cancellation == nil ? "" : ", cancelled")
  }

  static func purpose(of mode: UInt8) -> String? { mode == forNext ? "the next" : "all" }

  static func role(of mode: UInt8) -> String? {
    mode == worker ? "worker" : mode == servant ? "servant" : nil
  }

  static func isAwaited(_ mode: UInt8) -> Bool { mode != owner }

  func fault(waiters: Int, holders: Int) -> String? {
    if workers > children { return "has \(workers) workers among \(children) tasks" }
    return isClosing && children == 0 && waiters > 0 ? "is empty, and its task waits" : nil
  }

  static func hear(of bond: EndedBond, at object: Object<GroupState>, in kernel: KernelContext) {
    let group = Group(object: object)
    if bond.mode == owner { return group.endWithOwner(in: kernel) }
    let limit = kernel.limits.keptStatuses
    _ = try? kernel.change(object) { state in
      state.children -= 1
      if bond.mode == worker {
        state.workers -= 1
        state.ended.append(EndedChild(tid: bond.task, status: bond.status))
        if state.ended.count > limit { _ = state.ended.popFirst() }
      }
    }
    group.judge(bond, in: kernel)
    group.review(in: kernel)
  }
}

extension Group {
  func children(in kernel: KernelContext) -> [TaskID] {
    kernel.bonds(of: object) { $0 != GroupState.owner }
  }

  /// Does what the end of a child asks for.
  fileprivate func judge(_ bond: EndedBond, in kernel: KernelContext) {
    guard let state = try? kernel.value(of: object) else { return }
    switch bond.status {
    case .cancelled: return
    case .exited(0):
      guard state.wait == .any, bond.mode == GroupState.worker, !state.hasWinner else { return }
      _ = try? kernel.change(object) { $0.hasWinner = true }
      cancel(because: "task \(bond.task) was first", in: kernel)
    case .exited, .failed, .killed:
      // What a cancelled child does in its clean-up counts; what it does not survive is no news.
      let ended = EndedChild(tid: bond.task, status: bond.status)
      _ = try? kernel.change(object) { $0.failures.append(ended) }
      if state.wait == .all {
        cancel(because: "task \(bond.task) of the group: \(bond.status)", in: kernel)
      }
    }
  }

  /// Cancels the children and the body; false when that was done before.
  @discardableResult
  func cancel(because reason: String, in kernel: KernelContext) -> Bool {
    let isFirst = try? kernel.change(object) { state in
      defer { if state.cancellation == nil { state.cancellation = reason } }
      return state.cancellation == nil
    }
    guard isFirst == true, let state = try? kernel.value(of: object) else { return false }
    for child in children(in: kernel) { _ = kernel.cancel(child, because: reason) }
    // Once it is closing its task waits for the children, and for nothing else.
    if !state.isClosing { _ = kernel.cancel(state.owner, scope: state.scope, because: reason) }
    return true
  }

  /// Dismisses servants that have nobody to serve, and lets the owner go on that waits for what has come.
  func review(in kernel: KernelContext) {
    guard let state = try? kernel.value(of: object) else { return }
    if state.isClosing, state.workers == 0, state.children > 0 {
      cancel(because: "nobody is left to serve", in: kernel)
    }
    guard let waiter = kernel.firstWaiter(on: object) else {
      if state.children == 0, case .alive = kernel.status(of: state.owner) { return }
      if state.children == 0 { kernel.remove(object) }
      return
    }
    switch waiter.mode {
    case GroupState.forNext where !state.ended.isEmpty || state.workers == 0: kernel.wake(waiter)
    case GroupState.toClose where state.children == 0: kernel.wake(waiter)
    default: break
    }
  }

  /// Kills the children of an owner that has ended without closing it, the newest first.
  fileprivate func endWithOwner(in kernel: KernelContext) {
    _ = try? kernel.change(object) { $0.isClosing = true }
    let children = children(in: kernel)
    if children.isEmpty { kernel.remove(object) }
    for child in children.reversed() { kernel.kill(child, as: .killed) }
  }
}

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

/// Waits for the next child of the caller's group that ends; servants do not count.
///
/// - Blocks: until one ends, at most for `timeout` ticks. Reply: the child and how it ended, in the order of their ends,
///   each once; nil when none is left. Errors: `timedOut`; `notHolder` for others than the group's own task. O(1).
public struct NextInGroup: SystemCall {
  /// Which group.
  public let group: Group
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  public init(_ group: Group, timeout: Tick? = nil) {
    self.group = group
    self.timeout = timeout
  }

  /// The group, and the timeout if there is one.
  public func arguments(in kernel: KernelContext) -> String { kernel.words(group.object, timeout) }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Takes the one that ended first, or waits.
  public func handle(in kernel: KernelContext) -> Disposition<EndedChild?> {
    .catching {
      try group.checkOwner(in: kernel)
      let (ended, isEmpty) = try kernel.change(group.object) { state in
        (state.ended.popFirst(), state.workers == 0)
      }
      if ended != nil || isEmpty { return .reply(ended) }
      let place = try kernel.place(in: group.object, for: GroupState.forNext)
      return .block(on: .object(place), until: try kernel.deadline(after: timeout))
    }
  }

  /// Takes the one that has ended.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<EndedChild?> {
    if case .timedOut = wakeup { return .fail(SystemCallError.timedOut) }
    return .catching { .reply(try kernel.change(group.object) { $0.ended.popFirst() }) }
  }
}

/// Cancels a group: its children, and its body if that has not ended.
///
/// - Blocks: never. Reply: whether it is cancelled by this. Errors: `noSuchObject`. O(1) for each child.
public struct CancelGroup: SystemCall {
  /// Which group.
  public let group: Group
  /// Why.
  public let reason: String

  /// Makes the call.
  public init(_ group: Group, because reason: String = "") {
    self.group = group
    self.reason = reason
  }

  /// The group, and the reason if there is one.
  public func arguments(in kernel: KernelContext) -> String {
    kernel.name(of: group.object) + (reason.isEmpty ? "" : ": \(reason)")
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Cancels it.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching {
      _ = try kernel.value(of: group.object)
      return .reply(group.cancel(because: reason, in: kernel))
    }
  }
}

/// Ends the body of the caller's group, and waits for all children.
///
/// Who is cancelled meanwhile has the children cancelled, and goes on waiting: children that clean up under a shield are
/// waited for, too. Servants are cancelled when no other child is left.
///
/// - Blocks: until no child is left. Reply: how the group ended. Errors: `notHolder` for others than the group's own
///   task. O(1) for each child.
public struct CloseGroup: SystemCall {
  /// How a group ended.
  public struct Outcome: Hashable, Sendable {
    /// The children that did not end well, in the order of their ends; none when one was to end well and did.
    public let failures: [EndedChild]
    /// The number of the cancel scope in which the body ran.
    public let scope: Int
    /// Whether the group was cancelled.
    public let wasCancelled: Bool
    /// The cancellation of its task that is due once the group has ended.
    public let pending: Cancelled?
  }

  /// Which group.
  public let group: Group
  /// What the body failed with, if it did: the children are then cancelled.
  public let failure: String?

  /// Makes the call.
  public init(_ group: Group, failure: String? = nil) {
    self.group = group
    self.failure = failure
  }

  /// The group.
  public func arguments(in kernel: KernelContext) -> String { kernel.name(of: group.object) }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// It decides: it cancels the children, and waits on.
  public static var cancellation: CancellationPoint { .decides }

  /// Ends the body, and waits if a child is left.
  public func handle(in kernel: KernelContext) -> Disposition<Outcome> {
    .catching {
      try group.checkOwner(in: kernel)
      try kernel.change(group.object) { $0.isClosing = true }
      if let reason = failure ?? kernel.pendingCancellation?.reason {
        group.cancel(because: reason, in: kernel)
      }
      group.review(in: kernel)
      return try waitOrEnd(in: kernel)
    }
  }

  /// Ends the group.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Outcome> {
    .catching { try waitOrEnd(in: kernel) }
  }

  /// Cancels the children, and waits for them.
  public func cancel(with error: Cancelled, in kernel: KernelContext) -> Disposition<Outcome> {
    .catching {
      group.cancel(because: error.reason, in: kernel)
      return try waitOrEnd(in: kernel)
    }
  }

  private func waitOrEnd(in kernel: KernelContext) throws -> Disposition<Outcome> {
    let state = try kernel.value(of: group.object)
    guard state.children == 0 else {
      return .block(on: .object(try kernel.place(in: group.object, for: GroupState.toClose)))
    }
    kernel.remove(group.object)
    _ = try kernel.closeScope(state.scope)
    return .reply(
      Outcome(
        failures: state.hasWinner ? [] : state.failures,
        scope: state.scope,
        wasCancelled: state.cancellation != nil,
        pending: kernel.pendingCancellation
      )
    )
  }
}

extension Group {
  fileprivate func checkOwner(in kernel: KernelContext) throws {
    let owner = try kernel.value(of: object).owner
    if owner != kernel.caller { throw SyncError.notHolder(kernel.name(of: object), holder: owner) }
  }
}
