/// Lets a stopped task go on.
///
/// A task that is ready goes to the tail of the ready queue; one that still waits goes on waiting.
///
/// - Blocks: never. Reply: whether there was such a live task. Events: `continued`, if it was stopped.
///   O(1).
public struct ContinueTask: SystemCall {
  /// The task to continue.
  public let target: TaskID

  /// Makes the call for one task.
  public init(_ target: TaskID) {
    self.target = target
  }

  /// The task's id.
  public var arguments: String { "task \(target)" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Continues the task and replies whether it was alive.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .reply(kernel.resume(target))
  }
}

extension SystemInterface {
  /// Lets a stopped task go on; true when it was alive.
  @discardableResult
  public nonisolated(nonsending) func continueTask(_ target: TaskID) async throws -> Bool {
    try await call(ContinueTask(target))
  }
}
