public import CorosKernel

/// Sends a value to a task: into its mailbox, or straight to it if it waits for one such.
///
/// - Blocks: never. Reply: whether the task is alive. Errors: `mailboxFull`; `tooManyObjects`. O(1).
public struct SendMessage<Value>: SystemCall {
  /// The value.
  public let value: Value
  /// To whom.
  public let target: TaskID

  /// Makes the call.
  @inlinable
  public init(_ value: Value, to target: TaskID) {
    self.value = value
    self.target = target
  }

  /// Without the type of the value.
  public static var name: String { "SendMessage" }

  /// The value and the task.
  public var arguments: String { SendMail(value: value, target: target).arguments }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Leaves it to the call that is the same for all types.
  public func _enter(_ kernel: KernelContext) {
    SendMail(value: value, target: target)._enter(kernel)
  }

  /// Sends it.
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    SendMail(value: value, target: target).handle(in: kernel)
  }
}

/// Sends a value of any type to a task.
struct SendMail: SystemCall {
  let value: Any
  let target: TaskID

  static var name: String { "SendMessage" }
  static var isTracked: Bool { true }
  var arguments: String { "\(value) to task \(target)" }

  func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching { .reply(try kernel.deliver(.value(value, from: kernel.caller), to: target)) }
  }
}

/// Receives the first message in the caller's mailbox of which it can make use; the others stay, in their order.
///
/// - Blocks: until there is one, at most for `timeout` ticks; a message of another kind does not begin the time anew.
///   Reply: what was made of it. Errors: `timedOut`; `onlyForTasks`; `tooManyObjects`. O(n) in the messages that are
///   passed over, each of which is looked at once for each call.
public struct ReceiveMessage<Value>: SystemCall {
  private let mail: ReceiveMail

  /// The most ticks to wait; nil for ever.
  public var timeout: Tick? { mail.patience.timeout }

  /// Makes the call.
  ///
  /// - Parameters:
  ///   - timeout: the most ticks to wait, from the end of the caller's step; nil for ever.
  ///   - match: what is made of a message; nil for one that is not wanted.
  public init(timeout: Tick? = nil, matching match: @escaping (Message) -> Value?) {
    mail = ReceiveMail(match: { match($0).map { $0 as Any } }, patience: Patience(timeout))
  }

  fileprivate init(_ mail: ReceiveMail) {
    self.mail = mail
  }

  /// Without the type of the value.
  public static var name: String { ReceiveMail.name }

  /// The timeout, if there is one.
  public var arguments: String { mail.arguments }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { ReceiveMail.isTracked }

  /// Always.
  public static var cancellation: CancellationPoint { ReceiveMail.cancellation }

  /// Looks through the mailbox, or waits.
  public func handle(in kernel: KernelContext) -> Disposition<Value> {
    switch mail.handle(in: kernel) {
    case .reply(let found as Value): .reply(found)
    case .reply, .usual: .fail(SystemCallError.wrongReply(to: Self.name))
    case .fail(let error): .fail(error)
    case .block(let reason, let deadline): .block(on: reason, until: deadline)
    case .queue(let object, let mode, let deadline): .queue(object, mode: mode, until: deadline)
    case .finish(let status): .finish(status)
    }
  }

  /// Leaves it to the call that is the same for all types.
  public func _enter(_ kernel: KernelContext) { mail._enter(kernel) }
}

/// Receives the first message of which something can be made, of whatever type that is.
struct ReceiveMail: SystemCall, Receiving {
  /// What is made of a message, nil where it is not wanted; without this, whatever comes is received as it is.
  let match: ((Message) -> Any?)?
  let patience: Patience

  static var name: String { "ReceiveMessage" }
  static var isTracked: Bool { true }
  static var cancellation: CancellationPoint { .always }
  var arguments: String { patience.timeout.map { "timeout \($0)" } ?? "" }

  func handle(in kernel: KernelContext) -> Disposition<Any> {
    .catching {
      let box = try kernel.ownMailbox(for: Self.name)
      var found: Any?
      try kernel.change(box) { found = take(from: &$0.messages) }
      if let found { return .reply(found) }
      return .queue(box.id, until: try kernel.deadline(after: patience.timeout))
    }
  }

  @inline(__always)
  private func take(from messages: inout Line<Message>) -> Any? {
    if messages.isEmpty { return nil }
    guard let match else { return messages.popFirst() }
    return messages.takeFirst(match)
  }

  func pick(_ message: Message) -> (value: Any, alternative: Int)? {
    guard let match else { return (message, 0) }
    return match(message).map { ($0, 0) }
  }
}

extension ReceiveMessage where Value == Message {
  /// Makes a call that receives whatever comes first.
  public init(timeout: Tick? = nil) {
    self.init(ReceiveMail(match: nil, patience: Patience(timeout)))
  }
}

extension SystemInterface {
  /// Sends a value to a task; false when the task is not alive.
  @discardableResult
  public nonisolated(nonsending) func send<Value>(
    _ value: Value,
    to task: TaskID
  ) async throws -> Bool {
    try await call(SendMessage(value, to: task))
  }

  /// Receives the first message in the mailbox.
  public nonisolated(nonsending) func receive(timeout: Tick? = nil) async throws -> Message {
    try await call(ReceiveMessage(timeout: timeout))
  }

  /// Receives the first message of which something can be made; the others stay, in their order.
  public nonisolated(nonsending) func receive<Value>(
    timeout: Tick? = nil,
    matching match: @escaping (Message) -> Value?
  ) async throws -> Value {
    try await call(ReceiveMessage(timeout: timeout, matching: match))
  }
}
