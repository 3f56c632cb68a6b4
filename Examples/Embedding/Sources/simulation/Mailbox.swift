import CorosKernel

/// A queue of messages between tasks, with two system calls of our own: `Send` and `Receive`.
///
/// All tasks run on one thread, so a plain class is enough for shared state.
final class Mailbox<Message> {
  let name: String
  fileprivate var messages: [Message] = []
  fileprivate var channel: WaitChannel { WaitChannel("mailbox \(name)") }

  init(_ name: String) {
    self.name = name
  }
}

/// Adds a message to a mailbox, and wakes the longest waiter.
struct Send<Message>: SystemCall {
  let message: Message
  let mailbox: Mailbox<Message>

  static var name: String { "Send" }
  var arguments: String { "\(message) to \(mailbox.name)" }

  func handle(in kernel: KernelContext) -> Disposition<Void> {
    mailbox.messages.append(message)
    kernel.wake(mailbox.channel)
    return .reply(())
  }
}

/// Takes the oldest message from a mailbox; waits for one, for at most `timeout` ticks.
struct Receive<Message>: SystemCall {
  let mailbox: Mailbox<Message>
  let timeout: Tick?

  static var name: String { "Receive" }
  var arguments: String { "from \(mailbox.name)" }

  func handle(in kernel: KernelContext) -> Disposition<Message> {
    if !mailbox.messages.isEmpty { return .reply(mailbox.messages.removeFirst()) }
    do {
      return .block(on: .channel(mailbox.channel), until: try kernel.deadline(after: timeout))
    } catch {
      return .fail(error)
    }
  }

  func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Message> {
    if case .timedOut = wakeup { return .fail(SystemCallError.timedOut) }
    // Another task may have taken the message since the wake-up: check again.
    return handle(in: kernel)
  }
}

extension SystemInterface {
  nonisolated(nonsending) func send<Message>(
    _ message: Message,
    to mailbox: Mailbox<Message>
  ) async throws {
    try await call(Send(message: message, mailbox: mailbox))
  }

  nonisolated(nonsending) func receive<Message>(
    from mailbox: Mailbox<Message>,
    timeout: Tick? = nil
  ) async throws -> Message {
    try await call(Receive(mailbox: mailbox, timeout: timeout))
  }
}
