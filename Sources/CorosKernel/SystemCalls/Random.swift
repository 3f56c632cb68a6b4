/// Asks for a random number from the scheduler's seeded generator.
///
/// - Blocks: never. Reply: a number from 0 up to, not including, the bound. Errors: `invalidArgument`
///   for a bound below 1. O(1).
public struct Random: SystemCall {
  /// How many numbers there are to choose from.
  public let bound: Int

  /// Makes the call for a number below a bound.
  public init(below bound: Int) {
    self.bound = bound
  }

  /// The bound.
  public var arguments: String { "below \(bound)" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Replies with the next number of the scheduler's sequence.
  public func handle(in kernel: KernelContext) -> Disposition<Int> {
    guard bound >= 1 else {
      return .fail(
        SystemCallError.invalidArgument("a random number needs a bound of at least 1, not \(bound)")
      )
    }
    return .reply(kernel.random(below: bound))
  }
}

extension SystemInterface {
  /// A random number from 0 up to, not including, `bound`.
  public nonisolated(nonsending) func random(below bound: Int) async throws -> Int {
    try await call(Random(below: bound))
  }
}
