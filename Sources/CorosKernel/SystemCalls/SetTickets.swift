/// Sets how many tickets a task has: its share of the CPU, under policies that use them.
///
/// - Blocks: never. Reply: whether there was such a live task. Errors: `invalidArgument` for a value
///   outside `SchedulingParameters.ticketCounts`. O(log n) under most policies.
public struct SetTickets: SystemCall {
  /// How many.
  public let tickets: Int
  /// The task; nil for the caller.
  public let target: TaskID?

  /// Makes the call, for one task or for the caller.
  public init(_ tickets: Int, of target: TaskID? = nil) {
    self.tickets = tickets
    self.target = target
  }

  /// The value, and the task if it is not the caller.
  public var arguments: String { target.map { "\(tickets), task \($0)" } ?? "\(tickets)" }

  /// Sets it.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    kernel.adjust(target, for: self) { $0.tickets = tickets }
  }
}

extension SystemInterface {
  /// Sets the number of tickets of a task, or of the calling one; true when it was alive.
  @discardableResult
  public nonisolated(nonsending) func setTickets(
    _ tickets: Int,
    of target: TaskID? = nil
  ) async throws -> Bool {
    try await call(SetTickets(tickets, of: target))
  }
}
