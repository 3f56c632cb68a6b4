/// The body of an async task: it gets the system calls, and may throw any error.
///
/// It runs on the scheduler's thread from its first statement to its last, so it may use what is not
/// Sendable, such as the variables around a closure.
///
/// A closure belongs to the actor of the code around it, and must not be the main actor's: in top-level
/// code, `@main` types and `@MainActor` ones write `{ @Sendable os in ... }`, or it is refused as a foreign await.
public typealias TaskBody = nonisolated(nonsending) (SystemInterface) async throws -> Void

/// The system calls, as a task makes them: `try await os.sleep(5)`.
///
/// Each call has a method, declared in the call's own file, which passes the call as a value to `call(_:)`; that
/// one function is the only thing that suspends a task. All tasks of a scheduler share one interface: the kernel
/// knows which of them is running.
public struct SystemInterface: Sendable {
  @usableFromInline let host: CoroutineHost

  /// Makes any system call, your own included.
  ///
  /// - Parameter call: the call, with its arguments.
  /// - Returns: the kernel's reply.
  /// - Throws: what the call fails with; `Termination` when the task is being ended;
  ///   `SystemCallError.notTheTask` from an `async let`, a group's child or a `Task` inside the body,
  ///   since only the task itself can be suspended by the kernel.
  @inlinable
  public nonisolated(nonsending) func call<Call: SystemCall>(
    _ call: Call
  ) async throws -> Call.Reply {
    // From another thread nothing here may even be touched.
    guard host.isResumingHere else { throw SystemCallError.notTheTask }
    host.stage(call)
    try await host.door.cross()
    // Known when this is compiled for a call: most calls have no reply.
    if Call.Reply.self == Void.self, let nothing = () as? Call.Reply { return nothing }
    if let usual = Call.usualReply, host.reply == nil { return usual }
    guard let value = host.reply, let reply = unpacked(value, as: Call.Reply.self) else {
      throw SystemCallError.wrongReply(to: Call.name)
    }
    return reply
  }
}
