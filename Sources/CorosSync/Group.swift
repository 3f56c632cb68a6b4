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

  init(object: Object<GroupState>) {
    self.object = object
  }

  /// Its number among the objects of its scheduler.
  public var id: ObjectID { object.id }
}

extension Group {
  /// The group whose bits these are.
  package init(bits: Int) {
    object = Object(bits: bits)
  }

  /// A number from which it can be made again.
  package var bits: Int { object.id.bits }
}

extension Group: ObjectReply {}

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

  func hashState(into hasher: inout Hasher) -> Bool {
    hasher.combine(owner)
    hasher.combine(scope)
    hasher.combine(workers)
    hasher.combine(children)
    hasher.combine(isClosing)
    hasher.combine(cancellation)
    hasher.combine(hasWinner)
    hasher.combine(failures)
    for child in ended.present { hasher.combine(child) }
    return true
  }

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
    if let owner = try? kernel.value(of: object).owner {
      kernel.noteHeard(endOf: bond.task, by: owner)
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
        cancel(because: "task \(bond.task) of the group \(Self.end(bond.status))", in: kernel)
      }
    }
  }

  /// How a task ended, in a sentence.
  private static func end(_ status: ExitStatus) -> String {
    switch status {
    case .killed: "was killed"
    case .exited, .failed, .cancelled: status.description
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

extension Group {
  func checkOwner(in kernel: KernelContext) throws {
    let owner = try kernel.value(of: object).owner
    if owner != kernel.caller { throw SyncError.notHolder(kernel.name(of: object), holder: owner) }
  }
}
