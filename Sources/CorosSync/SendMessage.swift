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
  @inlinable
  public static var name: String { "SendMessage" }

  /// The value and the task.
  @inlinable
  public var arguments: String { "\(value) to task \(target)" }

  /// Yes: it touches nothing that it does not ask of its context.
  @inlinable
  public static var isTracked: Bool { true }

  /// Sends it.
  @inlinable
  public func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching { .reply(try kernel.deliver(.value(value, from: kernel.caller), to: target)) }
  }
}

/// Receives the first message in the caller's mailbox of which it can make use; the others stay, in their order.
///
/// - Blocks: until there is one, at most for `timeout` ticks; a message of another kind does not begin the time anew.
///   Reply: what was made of it. Errors: `timedOut`; `onlyForTasks`; `tooManyObjects`. O(n) in the messages that are
///   passed over, each of which is looked at once for each call.
public struct ReceiveMessage<Value>: SystemCall, Receiving {
  /// What is made of a message; nil for one that is not wanted.
  public let match: (Message) -> Value?
  /// The most ticks to wait; nil for ever.
  public let timeout: Tick?

  /// Makes the call; `timeout` is in ticks from the end of the caller's step.
  @inlinable
  public init(timeout: Tick? = nil, matching match: @escaping (Message) -> Value?) {
    self.match = match
    self.timeout = timeout
  }

  /// Without the type of the value.
  @inlinable
  public static var name: String { "ReceiveMessage" }

  /// The timeout, if there is one.
  @inlinable
  public var arguments: String { timeout.map { "timeout \($0)" } ?? "" }

  /// Yes: it touches nothing that it does not ask of its context.
  @inlinable
  public static var isTracked: Bool { true }

  /// Always.
  @inlinable
  public static var cancellation: CancellationPoint { .always }

  /// Looks through the mailbox, or waits.
  @inlinable
  public func handle(in kernel: KernelContext) -> Disposition<Value> {
    .catching {
      let box = try kernel.ownMailbox(for: Self.name)
      if let found = try kernel.change(box, { $0.messages.takeFirst(match) }) {
        return .reply(found)
      }
      return .block(
        on: .object(try kernel.place(in: box)),
        until: try kernel.deadline(after: timeout)
      )
    }
  }

  @inlinable
  func pick(_ message: Message) -> (value: Any, alternative: Int)? {
    match(message).map { ($0, 0) }
  }
}

extension ReceiveMessage where Value == Message {
  /// Makes a call that receives whatever comes first.
  @inlinable
  public init(timeout: Tick? = nil) {
    self.init(timeout: timeout) { $0 }
  }
}

extension SystemInterface {
  /// Sends a value to a task; false when the task is not alive.
  @discardableResult
  @inlinable
  public nonisolated(nonsending) func send<Value>(
    _ value: Value,
    to task: TaskID
  ) async throws -> Bool {
    try await call(SendMessage(value, to: task))
  }

  /// Receives the first message in the mailbox.
  @inlinable
  public nonisolated(nonsending) func receive(timeout: Tick? = nil) async throws -> Message {
    try await call(ReceiveMessage(timeout: timeout))
  }

  /// Receives the first message of which something can be made; the others stay, in their order.
  @inlinable
  public nonisolated(nonsending) func receive<Value>(
    timeout: Tick? = nil,
    matching match: @escaping (Message) -> Value?
  ) async throws -> Value {
    try await call(ReceiveMessage(timeout: timeout, matching: match))
  }
}
