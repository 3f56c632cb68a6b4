import CorosKernel

/// A queue of messages between tasks, with two system calls of our own: `Send` and `Receive`.
///
/// It is a value in the kernel's state, so it is known by name, and goes back in time with the machine.
struct Mailbox<Message>: KernelObject {
  var messages: [Message] = []

  static var kind: String { "mailbox" }
  var summary: String { "\(messages.count) messages" }
}

/// Gives a message to the task that has waited longest, or leaves it in the mailbox.
struct Send<Message>: SystemCall {
  let message: Message
  let mailbox: Object<Mailbox<Message>>

  static var name: String { "Send" }

  func arguments(in kernel: KernelContext) -> String {
    "\(message) to \(kernel.name(of: mailbox))"
  }

  func handle(in kernel: KernelContext) -> Disposition<Void> {
    .catching {
      if let receiver = kernel.firstWaiter(on: mailbox) {
        kernel.wake(receiver, with: message)
      } else {
        try kernel.change(mailbox) { $0.messages.append(message) }
      }
      return .reply(())
    }
  }
}

/// Takes the oldest message from a mailbox; waits for one, for at most `timeout` ticks.
struct Receive<Message>: SystemCall {
  let mailbox: Object<Mailbox<Message>>
  let timeout: Tick?

  static var name: String { "Receive" }

  func arguments(in kernel: KernelContext) -> String { "from \(kernel.name(of: mailbox))" }

  func handle(in kernel: KernelContext) -> Disposition<Message> {
    .catching {
      let message = try kernel.change(mailbox) { box in
        box.messages.isEmpty ? nil : box.messages.removeFirst()
      }
      if let message { return .reply(message) }
      let place = try kernel.place(in: mailbox)
      return .block(on: .object(place), until: try kernel.deadline(after: timeout))
    }
  }
}

extension SystemInterface {
  nonisolated(nonsending) func send<Message>(
    _ message: Message,
    to mailbox: Object<Mailbox<Message>>
  ) async throws {
    try await call(Send(message: message, mailbox: mailbox))
  }

  nonisolated(nonsending) func receive<Message>(
    from mailbox: Object<Mailbox<Message>>,
    timeout: Tick? = nil
  ) async throws -> Message {
    try await call(Receive(mailbox: mailbox, timeout: timeout))
  }
}
