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
  func prepare(_ facts: inout HandleFacts, in kernel: KernelContext)

  /// Does it, if it can be done now.
  func attempt(for task: TaskID, _ facts: HandleFacts, in kernel: KernelContext) -> Attempted<Reply>
}

/// The error with which a call ends that waited.
private struct Refusal {
  let error: any Error
}

extension HandleCall {
  static var isShared: Bool { false }

  func prepare(_ facts: inout HandleFacts, in kernel: KernelContext) {}

  /// Tries it, and has the caller wait where that does not go yet.
  func begin(in kernel: KernelContext) -> Disposition<Reply> {
    let object = handle.object
    guard var facts = try? kernel.look(at: object, \.facts) else {
      return .fail(IOFailure.closed(by: nil))
    }
    let first =
      kernel.hasWaiters(on: object) ? kernel.firstWaiter(on: object, for: direction.rawValue) : nil
    if !Self.isShared, let first {
      return .fail(IOFailure.busy("\(direction.word) \(handle)", by: first.task))
    }
    prepare(&facts, in: kernel)
    // Those who wait for the same go first.
    if first == nil, facts.ready & direction.rawValue != 0 {
      switch attempt(for: kernel.caller, facts, in: kernel) {
      case .reply(let reply): return .reply(reply)
      case .fail(let error): return .fail(error)
      case .again: break
      }
    }
    return .catching {
      .queue(object.id, mode: direction.rawValue, until: try kernel.deadline(after: timeout))
    }
  }

  /// Tries it again for a task that waits.
  ///
  /// - Returns: what the task is to be woken with; nil when it has to wait on.
  func attemptAnew(for task: TaskID, in kernel: KernelContext) -> Any? {
    guard let facts = try? kernel.look(at: handle.object, \.facts),
      facts.ready & direction.rawValue != 0
    else { return nil }
    return switch attempt(for: task, facts, in: kernel) {
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
      if let value, let reply = unpacked(value, as: Reply.self) { return .reply(reply) }
      if let refusal = value as? Refusal { return .fail(refusal.error) }
      if let mark = value as? ClosedMark { return .fail(IOFailure.closed(by: mark.task)) }
      return .fail(SystemCallError.wrongReply(to: Self.name))
    case .timedOut:
      let progress =
        direction == .write ? try? kernel.look(at: handle.object, \.facts.progress) : nil
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
