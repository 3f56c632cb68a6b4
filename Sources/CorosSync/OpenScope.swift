public import CorosKernel

/// Enters a cancel scope: a part of a task's code that can be cancelled by itself, or that is shielded.
///
/// - Blocks: never. Reply: the scope's number. Errors: `invalidArgument` for a negative time; `onlyForTasks`. O(1).
public struct OpenScope: SystemCall {
  /// After how many ticks, from the end of the caller's step, it is cancelled by itself; nil for never.
  public let timeout: Tick?
  /// Whether cancellations from outside do not reach what is inside.
  public let isShield: Bool

  /// Makes the call.
  public init(timeout: Tick? = nil, isShield: Bool = false) {
    self.timeout = timeout
    self.isShield = isShield
  }

  /// The timeout, or that it is a shield.
  public var arguments: String {
    isShield ? "shield" : timeout.map { "timeout \($0)" } ?? ""
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Enters the scope.
  public func handle(in kernel: KernelContext) -> Disposition<Int> {
    .catching {
      .reply(try kernel.openScope(isShield: isShield, until: try kernel.deadline(after: timeout)))
    }
  }
}

/// Leaves a cancel scope, and those inside it.
///
/// - Blocks: never. Reply: the error by which the scope was cancelled; nil when it was not. Errors: `invalidArgument` when
///   the caller is not in it. O(1).
public struct CloseScope: SystemCall {
  /// The scope's number.
  public let scope: Int

  /// Makes the call.
  public init(_ scope: Int) {
    self.scope = scope
  }

  /// The scope's number.
  public var arguments: String { "\(scope)" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Leaves the scope.
  public func handle(in kernel: KernelContext) -> Disposition<Cancelled?> {
    .catching { .reply(try kernel.closeScope(scope)) }
  }
}

extension SystemInterface {
  /// Runs a body for at most a number of ticks of virtual time.
  ///
  /// When the time is up, the body's cancellation points fail with `Cancelled`. What it has done by then stays done, and a
  /// body that reaches no such point any more succeeds. Of several scopes whose time is up, the outermost counts.
  ///
  /// - Parameters:
  ///   - ticks: the time, counted from the end of the caller's step.
  ///   - body: what to do.
  /// - Returns: what the body returns.
  /// - Throws: what the body throws; `SystemCallError.timedOut` when that is this scope's cancellation.
  public nonisolated(nonsending) func withTimeout<Result>(
    _ ticks: Tick,
    _ body: nonisolated(nonsending) () async throws -> Result
  ) async throws -> Result {
    let scope = try await call(OpenScope(timeout: ticks))
    do {
      return try await releasing(body) { _ = try await call(CloseScope(scope)) }
    } catch let error as Cancelled where error.scope == scope {
      throw SystemCallError.timedOut
    }
  }

  /// Runs a body that cancellations from outside do not reach: for clean-up that has to wait.
  ///
  /// A cancellation that came meanwhile is due at the next cancellation point after it. The time of scopes that the body
  /// opens counts.
  public nonisolated(nonsending) func withShield<Result>(
    _ body: nonisolated(nonsending) () async throws -> Result
  ) async throws -> Result {
    let scope = try await call(OpenScope(isShield: true))
    return try await releasing(body) { _ = try await call(CloseScope(scope)) }
  }
}
