public import CorosKernel

/// Takes connections at an address from now on.
///
/// Only programs on this machine can come, unless the world says otherwise.
///
/// - Blocks: while as many handles are open as may be. Reply: the listener, which is closed with the caller. Errors:
///   `addressInUse`, `denied`, `invalid`; `noWorld`. O(1).
public struct Listen: Opening {
  /// The address: see ``Address/init(_:)``.
  public let address: String

  /// Makes the call.
  public init(_ address: String) { self.address = address }

  /// The address.
  public var arguments: String { address }

  /// Opens it, or has the caller wait for a free handle.
  public func handle(in kernel: KernelContext) -> Disposition<Handle> { begin(in: kernel) }

  /// Hands over what was opened meanwhile.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Handle> {
    end(after: wakeup)
  }

  var kind: HandleKind { .listener }
  var subject: String { address }

  func request(in world: World) throws(IOFailure) -> DeviceRequest {
    let place = try Address(address)
    guard place.isLocal || world.listensToAny else {
      throw .denied("\(place) can be reached from other machines: only 127.0.0.1 is allowed here")
    }
    return .listen(place)
  }
}

extension SystemInterface {
  /// Takes connections at an address: `8080`, `127.0.0.1:8080`, or a path with a slash.
  public nonisolated(nonsending) func listen(_ address: String) async throws -> Handle {
    try await call(Listen(address))
  }
}
