public import CorosKernel

/// Reads the next line from the pipe that the caller reads.
///
/// - Blocks: while there is none and somebody may write one, at most for `timeout` ticks. Reply: the line; nil when
///   nobody can write any more. Errors: `noInput` for a task that reads no pipe; `timedOut`. O(1).
public struct ReadLine: SystemCall {
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  public init(timeout: Tick? = nil) {
    self.timeout = timeout
  }

  /// The pipe, and the timeout if there is one.
  public func arguments(in kernel: KernelContext) -> String {
    guard let lines = try? lines(in: kernel) else { return "" }
    return "from \(kernel.words(lines.carrier.object, timeout))"
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Yes: a line.
  public static var isGrant: Bool { true }

  /// Takes a line, or waits for one.
  public func handle(in kernel: KernelContext) -> Disposition<Received<String>?> {
    .catching { Receive(from: try lines(in: kernel), timeout: timeout).handle(in: kernel) }
  }

  /// Replies with the line that came; with none when nobody can write any more.
  public func resume(
    after wakeup: Wakeup,
    in kernel: KernelContext
  ) -> Disposition<Received<String>?> {
    if case .signalled(let line) = wakeup { return .reply(line as? Received<String>) }
    return .fail(SystemCallError.timedOut)
  }

  /// Gives the line to another, or puts it back.
  public func takeBack(_ reply: Received<String>??, in kernel: KernelContext) {
    guard case .some(.some(let line)) = reply, let lines = try? lines(in: kernel) else { return }
    lines.carrier.putBack(line, in: kernel)
  }

  private func lines(in kernel: KernelContext) throws -> Channel<String> {
    guard let input = kernel.bound(InputEnd.self, to: kernel.caller) else {
      throw SyncError.noInput
    }
    return Channel(carrier: try kernel.value(of: input).lines)
  }
}

extension SystemInterface {
  /// Reads the next line from the pipe that the task reads; nil when nobody can write any more.
  public nonisolated(nonsending) func readLine(timeout: Tick? = nil) async throws -> String? {
    try await call(ReadLine(timeout: timeout))?.value
  }
}
