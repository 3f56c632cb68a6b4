public import CorosKernel

/// A group as its body sees it.
public struct GroupInterface: Sendable {
  /// The group.
  public let group: Group
  let os: SystemInterface

  init(_ group: Group, _ os: SystemInterface) {
    self.group = group
    self.os = os
  }

  /// Creates a child in the group; a servant is cancelled when no other child is left.
  @discardableResult
  public nonisolated(nonsending) func spawn(
    _ name: String = "task",
    asServant isServant: Bool = false,
    _ body: @escaping TaskBody
  ) async throws -> TaskID {
    try await os.call(SpawnInGroup(group, name, asServant: isServant, .body(body)))
  }

  /// Waits for the next child that ends; nil when none is left.
  public nonisolated(nonsending) func next(timeout: Tick? = nil) async throws -> EndedChild? {
    try await os.call(NextInGroup(group, timeout: timeout))
  }

  /// Cancels the children and the body; false when that was done before.
  @discardableResult
  public nonisolated(nonsending) func cancel(because reason: String = "") async throws -> Bool {
    try await os.call(CancelGroup(group, because: reason))
  }
}

extension SystemInterface {
  /// Runs a body that may create tasks, and waits for all of them before it goes on.
  ///
  /// However the body ends, no child outlives it. If the body fails, the children are cancelled. If the calling task is
  /// killed, they are killed with it, the newest first.
  ///
  /// - Parameters:
  ///   - wait: for which of the children: all, or the first that ends well.
  ///   - body: creates the children, with the group that it is given.
  /// - Returns: what the body returns; nil when the group was cancelled before the body had ended.
  /// - Throws: ``GroupFailed`` when a child did not end well; what the body throws; `Cancelled` when the calling task is
  ///   cancelled.
  @discardableResult
  public nonisolated(nonsending) func withGroup<Result>(
    wait: GroupWait = .all,
    _ body: nonisolated(nonsending) (GroupInterface) async throws -> Result
  ) async throws -> Result? {
    let group = try await call(OpenGroup(wait: wait))
    var (result, failure): (Result?, (any Error)?) = (nil, nil)
    do {
      result = try await body(GroupInterface(group, self))
    } catch let error as Termination {
      throw error
    } catch {
      failure = error
    }
    let outcome = try await call(CloseGroup(group, failure: failure.map { "\($0)" }))
    // The group's own cancellation has done its work.
    if (failure as? Cancelled)?.scope == outcome.scope { failure = nil }
    if !outcome.failures.isEmpty {
      throw GroupFailed(children: outcome.failures, body: failure)
    }
    if let failure { throw failure }
    if let pending = outcome.pending { throw pending }
    return result
  }
}
