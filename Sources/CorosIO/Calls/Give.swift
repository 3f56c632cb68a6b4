public import CorosKernel

/// Gives a handle to another task, with which it is closed from now on.
///
/// - Blocks: never. Reply: none. Errors: `closed`; `invalidArgument` when the task is not alive, and then nothing has
///   changed. O(1).
public struct Give: SystemCall {
  /// Which handle.
  public let handle: Handle
  /// To whom.
  public let task: TaskID

  /// Makes the call.
  public init(_ handle: Handle, to task: TaskID) {
    self.handle = handle
    self.task = task
  }

  /// The handle and the task.
  public var arguments: String { "\(handle) to task \(task)" }

  /// Gives it.
  public func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      try kernel.give(handle, to: task)
      return .reply(())
    }
  }
}

/// Creates a child of the caller, to which some handles belong from its first moment on.
///
/// - Blocks: never. Reply: the child's id. Errors: `tooManyTasks`, `closed`. O(n) in the handles.
public struct NewTaskWithHandles: SystemCall {
  /// What the child is called in listings.
  public let name: String
  /// The handles.
  public let handles: [Handle]
  private let code: TaskCode

  /// Makes the call.
  public init(_ name: String, giving handles: [Handle], _ code: TaskCode) {
    self.name = name
    self.handles = handles
    self.code = code
  }

  /// As the call that it is.
  public static var name: String { "NewTask" }

  /// The name and the handles.
  public var arguments: String {
    name + ", giving " + handles.map(\.description).joined(separator: ", ")
  }

  /// Creates the child.
  public func handle(in kernel: KernelContext) -> Disposition<TaskID> {
    .catching {
      for handle in handles where (try? kernel.value(of: handle.object)) == nil {
        throw IOFailure.closed(by: nil)
      }
      let child = try kernel.createTask(name, code)
      for handle in handles { try kernel.give(handle, to: child) }
      return .reply(child)
    }
  }
}

extension KernelContext {
  fileprivate func give(_ handle: Handle, to task: TaskID) throws {
    guard (try? value(of: handle.object)) != nil else { throw IOFailure.closed(by: nil) }
    guard case .alive = status(of: task), task != .operator else {
      throw SystemCallError.invalidArgument(
        "\(handle) cannot be given to task \(task): it is not alive"
      )
    }
    for owner in bonds(of: handle.object, { _ in true }) { unbind(handle.object, from: owner) }
    try bind(handle.object, to: task)
  }
}

extension SystemInterface {
  /// Gives a handle to another task, with which it is closed from now on.
  public nonisolated(nonsending) func give(_ handle: Handle, to task: TaskID) async throws {
    try await call(Give(handle, to: task))
  }

  /// Creates a child, to which some handles belong from its first moment on.
  public nonisolated(nonsending) func newTask(
    _ name: String = "task",
    giving handles: [Handle],
    _ body: @escaping TaskBody
  ) async throws -> TaskID {
    try await call(NewTaskWithHandles(name, giving: handles, .body(body)))
  }
}
