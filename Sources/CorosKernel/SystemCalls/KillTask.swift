/// Ends a task.
///
/// The victim is resumed with `Termination.killed`, so that its `defer`s run. It has ended, and its waiters are
/// awake, before the caller goes on. A victim that never ran never runs. A task may kill itself: then the call
/// throws.
///
/// - Blocks: never. Reply: whether there was such a live task. Events: `killed`, `exited` and what
///   follows from them. O(1), and the victim's own clean-up.
public struct KillTask: SystemCall {
  /// The victim.
  public let target: TaskID

  /// Makes the call for one victim.
  public init(_ target: TaskID) {
    self.target = target
  }

  /// The victim's id.
  public var arguments: String { "task \(target)" }

  /// Kills the victim, and replies whether it was alive.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .reply(kernel.kill(target))
  }
}

extension SystemInterface {
  /// Ends a task; true when it was alive.
  @discardableResult
  public nonisolated(nonsending) func killTask(_ target: TaskID) async throws -> Bool {
    try await call(KillTask(target))
  }
}
