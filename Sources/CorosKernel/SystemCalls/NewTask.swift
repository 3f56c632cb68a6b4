/// Creates a child of the caller.
///
/// The child is queued before its parent, so it runs first.
///
/// - Blocks: never. Reply: the child's id. Errors: `tooManyTasks`. Events: `spawned`. O(1).
public struct NewTask: SystemCall {
  /// What the child is called in listings.
  public let name: String
  private let code: TaskCode

  /// Makes the call, with a body for the child in the async form.
  public init(_ name: String = "task", _ body: @escaping TaskBody) {
    self.name = name
    code = .body(body)
  }

  /// Makes the call, with a state machine for the child.
  public init(_ name: String = "task", machine: any StateMachine) {
    self.name = name
    code = .machine(machine)
  }

  /// Makes the call, with code in either form, such as a `Program` makes.
  public init(_ name: String, _ code: TaskCode) {
    self.name = name
    self.code = code
  }

  /// The child's name.
  public var arguments: String { name }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Creates the child and replies with its id.
  public func handle(in kernel: KernelContext) -> Disposition<TaskID> {
    do throws(SystemCallError) {
      return .reply(try kernel.createTask(name, code))
    } catch {
      return .fail(error)
    }
  }
}

extension SystemInterface {
  /// Creates a child of the calling task, which runs before the caller goes on.
  public nonisolated(nonsending) func newTask(
    _ name: String = "task",
    _ body: @escaping TaskBody
  ) async throws -> TaskID {
    try await call(NewTask(name, body))
  }

  /// Creates a child of the calling task that runs a state machine.
  public nonisolated(nonsending) func newTask(
    _ name: String = "task",
    machine: any StateMachine
  ) async throws -> TaskID {
    try await call(NewTask(name, machine: machine))
  }
}
