public import CorosKernel

/// Closes a handle: the tasks that wait for it wake at once, in the order in which they began, with `closed`.
///
/// - Blocks: never. Reply: none. Errors: `closed` when it is closed already. O(n) in the tasks that wait.
public struct Close: SystemCall {
  /// Which handle.
  public let handle: Handle

  /// Makes the call.
  public init(_ handle: Handle) { self.handle = handle }

  /// The handle.
  public var arguments: String { "\(handle)" }

  /// Closes it.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    guard (try? kernel.value(of: handle.object)) != nil else {
      return .fail(IOFailure.closed(by: nil))
    }
    kernel.close(handle.object, by: kernel.caller)
    return .reply(())
  }
}

extension SystemInterface {
  /// Closes a handle.
  public nonisolated(nonsending) func close(_ handle: Handle) async throws {
    try await call(Close(handle))
  }
}
