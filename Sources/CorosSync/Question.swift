public import CorosKernel

/// A question that one task has asked another, who answers it by its number: an answer that comes too late goes
/// nowhere.
public struct Question: Hashable, Sendable {
  /// Who asked.
  public let asker: TaskID
  /// Which of the asker's questions it is.
  public let number: Int
}

/// Asks a task something, and waits for the answer.
///
/// - Blocks: until the task answers, at most for `timeout` ticks. Reply: the answer. Errors: `noAnswer` when the task has
///   ended, or ends before; `timedOut`; `mailboxFull`; `onlyForTasks`. O(1).
public struct Ask<Answer>: SystemCall {
  /// What is asked.
  public let value: Any
  /// Whom.
  public let target: TaskID
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  public init(_ value: Any, of target: TaskID, timeout: Tick? = nil) {
    self.value = value
    self.target = target
    self.timeout = timeout
  }

  /// Without the type of the answer.
  public static var name: String { "Ask" }

  /// The question, the task, and the timeout if there is one.
  public var arguments: String {
    "\(value) of task \(target)" + (timeout.map { ", timeout \($0)" } ?? "")
  }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Always.
  public static var cancellation: CancellationPoint { .always }

  /// Yes: so it hears that its caller was killed, and takes the question back.
  public static var isGrant: Bool { true }

  /// Puts the question, and waits.
  public func handle(in kernel: KernelContext) -> Disposition<Answer> {
    .catching {
      let own = try kernel.ownMailbox(for: Self.name)
      let deadline = try kernel.deadline(after: timeout)
      guard target != kernel.caller, let box = try kernel.mailbox(of: target) else {
        throw SyncError.noAnswer(from: target)
      }
      let number = try kernel.change(own) { state in
        state.lastNumber += 1
        return state.lastNumber
      }
      let question = Question(asker: kernel.caller, number: number)
      try kernel.deliver(.question(value, question), to: target)
      try kernel.change(box) { $0.questions.append(question) }
      return .block(on: .object(try kernel.place(in: own)), until: deadline)
    }
  }

  /// Replies with the answer.
  public func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Answer> {
    switch wakeup {
    case .signalled(let error as SyncError): return .fail(error)
    case .signalled(let answer as Answer): return .reply(answer)
    case .timedOut:
      takeBack(nil, in: kernel)
      return .fail(SystemCallError.timedOut)
    default: return .fail(SystemCallError.wrongReply(to: Self.name))
    }
  }

  /// Takes the question back, and fails.
  public func cancel(with error: Cancelled, in kernel: KernelContext) -> Disposition<Answer> {
    takeBack(nil, in: kernel)
    return .fail(error)
  }

  /// Takes the question back, if it was not answered.
  public func takeBack(_ reply: Answer?, in kernel: KernelContext) {
    guard reply == nil, let box = kernel.bound(MailboxState.self, to: target) else { return }
    let asker = kernel.caller
    _ = try? kernel.change(box) { $0.questions.removeAll { $0.asker == asker } }
  }
}

/// Answers a question.
///
/// - Blocks: never. Reply: whether the asker still waits; if not, the answer goes nowhere. O(n) in the questions that the
///   caller has not answered.
public struct Answer<Value>: SystemCall {
  /// The question.
  public let question: Question
  /// The answer.
  public let value: Value

  /// Makes the call.
  public init(_ question: Question, with value: Value) {
    self.question = question
    self.value = value
  }

  /// Without the type of the value.
  public static var name: String { "Answer" }

  /// The answer, and who asked.
  public var arguments: String { "\(value) to task \(question.asker)" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Gives the answer, if the question is still open.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching {
      let own = try kernel.ownMailbox(for: Self.name)
      let isOpen = try kernel.change(own) { state in
        guard let index = state.questions.firstIndex(of: question) else { return false }
        state.questions.remove(at: index)
        return true
      }
      guard isOpen, let asker = kernel.bound(MailboxState.self, to: question.asker),
        let waiter = kernel.firstWaiter(on: asker)
      else { return .reply(false) }
      kernel.wake(waiter, with: value)
      return .reply(true)
    }
  }
}

extension MailboxState {
  /// Has those who asked know that there will be no answer.
  func refuseQuestions(in kernel: KernelContext) {
    for question in questions {
      guard let asker = kernel.bound(MailboxState.self, to: question.asker),
        let waiter = kernel.firstWaiter(on: asker)
      else { continue }
      kernel.wake(waiter, with: SyncError.noAnswer(from: owner))
    }
  }
}

extension SystemInterface {
  /// Asks a task something, and waits for the answer.
  public nonisolated(nonsending) func ask<Reply>(
    _ value: Any,
    of task: TaskID,
    timeout: Tick? = nil,
    for type: Reply.Type = Reply.self
  ) async throws -> Reply {
    try await call(Ask<Reply>(value, of: task, timeout: timeout))
  }

  /// Answers a question; false when the asker waits no longer.
  @discardableResult
  public nonisolated(nonsending) func answer<Value>(
    _ question: Question,
    with value: Value
  ) async throws -> Bool {
    try await call(Answer(question, with: value))
  }
}
