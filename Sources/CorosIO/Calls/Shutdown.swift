public import CorosKernel

/// Ends what is sent: the other side sees the end, and may go on sending itself.
///
/// - Blocks: never. Reply: none. Errors: `reset`, `closed`, `unsupported`. O(1).
public struct Shutdown: SystemCall {
  /// Which connection.
  public let handle: Handle

  /// Makes the call.
  public init(_ handle: Handle) { self.handle = handle }

  /// The handle.
  public var arguments: String { "\(handle)" }

  /// Ends it.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    guard let state = try? kernel.value(of: handle.object) else {
      return .fail(IOFailure.closed(by: nil))
    }
    guard state.facts.kind == .connection else {
      return .fail(IOFailure.unsupported("\(handle) is no connection"))
    }
    switch kernel.ask(.shutdown(key: state.facts.key), state.facts) {
    case .done?: return .reply(())
    case .failed(let number)?: return .fail(SystemNumbers.failure(number, state.address))
    default: return .fail(IOFailure.notAsRecorded)
    }
  }
}

extension SystemInterface {
  /// Ends what is sent; the other side may go on.
  public nonisolated(nonsending) func shutdown(_ handle: Handle) async throws {
    try await call(Shutdown(handle))
  }
}
