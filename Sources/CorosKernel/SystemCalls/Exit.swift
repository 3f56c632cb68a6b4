/// Ends the caller with an exit code.
///
/// The call does not return: it throws `Termination.exiting`, so that `defer`s run on the way out. The status
/// is the given code even if the task catches that error.
///
/// - Blocks: never. Events: `exited`. O(1).
public struct Exit: SystemCall {
  /// The code; 0 means success.
  public let code: Int

  /// Makes the call with an exit code.
  public init(_ code: Int = 0) {
    self.code = code
  }

  /// The exit code.
  public var arguments: String { "\(code)" }

  /// Ends the caller.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    .finish(.exited(code))
  }
}

extension SystemInterface {
  /// Ends the calling task with an exit code; always throws.
  public nonisolated(nonsending) func exit(_ code: Int = 0) async throws {
    try await call(Exit(code))
  }
}
