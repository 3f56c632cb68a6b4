public import CorosKernel

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
