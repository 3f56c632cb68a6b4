public import CorosKernel

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

extension CloseGroup.Outcome: CustomStringConvertible {
  /// The children that did not end well; without such, whether the group was cancelled.
  public var description: String {
    if failures.isEmpty { return wasCancelled ? "cancelled" : "all ended well" }
    return failures.map(\.description).joined(separator: "; ")
  }
}
