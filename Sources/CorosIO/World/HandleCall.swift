import CorosKernel

/// What an attempt at a call came to.
enum Attempted<Reply> {
  case reply(Reply)
  case fail(any Error)
  /// It has to wait.
  case again
}

/// A call that is tried, and waits as long as it cannot be done.
///
/// When something comes for its handle, it is tried once more on behalf of the task, which sleeps on if it was for
/// nothing: so nobody ever sees that it was woken in vain, and its time does not begin anew.
protocol HandleCall: SystemCall {
  var handle: Handle { get }
  var direction: Direction { get }
  var timeout: Tick? { get }
  /// Whether several tasks may wait in the same direction.
  static var isShared: Bool { get }

  /// Prepares for the first attempt.
  func prepare(_ state: inout HandleState, in kernel: KernelContext)

  /// Does it, if it can be done now.
  func attempt(for task: TaskID, _ state: HandleState, in kernel: KernelContext) -> Attempted<Reply>
}

/// The error with which a call ends that waited.
private struct Refusal {
  let error: any Error
}

extension HandleCall {
  static var isShared: Bool { false }

  func prepare(_ state: inout HandleState, in kernel: KernelContext) {}

  /// Tries it, and has the caller wait where that does not go yet.
  func begin(in kernel: KernelContext) -> Disposition<Reply> {
    let object = handle.object
    guard var state = try? kernel.value(of: object) else {
      return .fail(IOFailure.closed(by: nil))
    }
    if !Self.isShared, let other = kernel.firstWaiter(on: object, for: direction.rawValue) {
      return .fail(IOFailure.busy("\(direction.word) \(handle)", by: other.task))
    }
    prepare(&state, in: kernel)
    // Those who wait for the same go first.
    let mayTry = !Self.isShared || kernel.firstWaiter(on: object, for: direction.rawValue) == nil
    if mayTry, state.ready & direction.rawValue != 0 {
      switch attempt(for: kernel.caller, state, in: kernel) {
      case .reply(let reply): return .reply(reply)
      case .fail(let error): return .fail(error)
      case .again: break
      }
    }
    return .catching {
      .block(
        on: .object(try kernel.place(in: object, for: direction.rawValue)),
        until: try kernel.deadline(after: timeout)
      )
    }
  }

  /// Tries it again for a task that waits.
  ///
  /// - Returns: what the task is to be woken with; nil when it has to wait on.
  func attemptAnew(for task: TaskID, in kernel: KernelContext) -> Any? {
    guard let state = try? kernel.value(of: handle.object), state.ready & direction.rawValue != 0
    else { return nil }
    return switch attempt(for: task, state, in: kernel) {
    case .reply(let reply): reply
    case .fail(let error): Refusal(error: error)
    case .again: nil
    }
  }

  /// Makes a reply, or an error, of what ended a wait.
  func end(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Reply> {
    switch wakeup {
    case .signalled(let value):
      // Asked first, since it is what nearly all are woken with.
      if let value, let reply = value as? Reply { return .reply(reply) }
      if let refusal = value as? Refusal { return .fail(refusal.error) }
      if let mark = value as? ClosedMark { return .fail(IOFailure.closed(by: mark.task)) }
      return .fail(SystemCallError.wrongReply(to: Self.name))
    case .timedOut:
      let progress = direction == .write ? (try? kernel.value(of: handle.object))?.progress : nil
      return .fail(IOFailure.timedOut(bytes: progress ?? 0))
    case .cancelled(let error): return .fail(error)
    case .ended, .chosen: return .fail(SystemCallError.wrongReply(to: Self.name))
    }
  }
}

/// What those are woken with who wait for a handle that is being closed.
struct ClosedMark {
  let task: TaskID
}
