public import CorosKernel

/// Sets the most handles that may be open; those that are open stay so.
///
/// - Blocks: never. Reply: none. Errors: `noWorld`; `invalidArgument`. O(1).
public struct SetHandleLimit: SystemCall {
  /// The limit, at least 0.
  public let limit: Int

  /// Makes the call.
  public init(_ limit: Int) { self.limit = limit }

  /// The limit.
  public var arguments: String { "\(limit)" }

  /// Sets it.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      guard limit >= 0 else {
        throw SystemCallError.invalidArgument("a limit cannot be negative: \(limit)")
      }
      _ = try kernel.world()
      let place = try kernel.worldState()
      try kernel.change(place) { $0.limit = limit }
      kernel.useRoom(in: place)
      return .reply(())
    }
  }
}
