public import CorosKernel

/// What comes into a task's mailbox.
public enum Message {
  // Indirect, so that a message is one word: it then needs no other memory on its way to the receiver.
  /// A value that a task has sent; the operator for one from the prompt.
  indirect case value(Any, from: TaskID)
  /// A question, to be answered by ``Answer``.
  indirect case question(Any, Question)
  /// A task to which this one is linked has ended, and this one asked to be told: see ``TrapExits``.
  indirect case exit(of: TaskID, ExitStatus)
  /// A task that this one monitors has ended; without a status when there was none such.
  indirect case down(Monitor, ExitStatus?)
}

extension Message {
  /// The value that a task has sent, if it is of a type.
  public func value<Value>(_ type: Value.Type = Value.self) -> Value? {
    if case .value(let value, _) = self { value as? Value } else { nil }
  }

  /// Who sent it, or of whom it tells.
  public var sender: TaskID {
    switch self {
    case .value(_, let sender): sender
    case .question(_, let question): question.asker
    case .exit(let task, _): task
    case .down(let monitor, _): monitor.task
    }
  }
}

extension Message: CustomStringConvertible {
  /// What it says, and from whom.
  public var description: String {
    switch self {
    case .value(let value, let sender): "\(value) from \(sender)"
    case .question(let value, let question): "\(value), asked by \(question.asker)"
    case .exit(let task, let status): "exit of \(task): \(status)"
    case .down(let monitor, let status):
      "\(monitor.task) is down: " + (status.map { "\($0)" } ?? "no such task")
    }
  }
}

/// What other tasks have to do with a task: the messages to it, its links, who monitors it.
///
/// One for each task that needs it, bound to the task, and gone with it.
struct MailboxState: KernelObject {
  let owner: TaskID
  var messages = Line<Message>()
  /// The tasks to which it is linked.
  var links: Set<TaskID> = []
  /// Whether ends of linked tasks come as messages.
  var trapsExits = false
  /// Who monitors it, in the order in which they began.
  var watchers: [(watcher: TaskID, number: Int)] = []
  /// What it monitors, by number.
  var watched: [Int: TaskID] = [:]
  var lastNumber = 0
  /// The questions to it that were not answered, each by its number among those of the asker.
  var questions: [Question] = []

  static var kind: String { "mailbox" }

  func hashState(into hasher: inout Hasher) -> Bool {
    hasher.combine(owner)
    hasher.combine(links)
    hasher.combine(trapsExits)
    for (watcher, number) in watchers { hasher.combine([watcher.rawValue, number]) }
    hasher.combine(watched)
    hasher.combine(lastNumber)
    hasher.combine(questions)
    for message in messages.present {
      hasher.combine(message.sender)
      switch message {
      case .value(let value, _), .question(let value, _):
        guard let value = value as? any Hashable else { return false }
        value.hash(into: &hasher)
      case .exit(_, let status): hasher.combine(status)
      case .down(let monitor, let status):
        hasher.combine(monitor)
        hasher.combine(status)
      }
    }
    return true
  }

  var summary: String {
    var parts = [messages.count == 1 ? "1 message" : "\(messages.count) messages"]
    if !links.isEmpty { parts.append("linked to \(Self.list(links.sorted()))") }
    if !watchers.isEmpty { parts.append("watched by \(Self.list(watchers.map(\.watcher)))") }
    return parts.joined(separator: "; ")
  }

  private static func list(_ tasks: [TaskID]) -> String {
    tasks.map(\.description).joined(separator: ", ")
  }

  /// Tells those who are to know that the task has ended.
  static func hear(
    of bond: EndedBond,
    at object: Object<MailboxState>,
    in kernel: KernelContext
  ) {
    guard let state = try? kernel.value(of: object) else { return }
    kernel.remove(object)
    state.endLinks(bond.status, in: kernel)
    state.tellWatchers(bond.status, in: kernel)
    state.endWatching(in: kernel)
    state.refuseQuestions(in: kernel)
  }
}

/// A call that waits for a message.
protocol Receiving {
  /// What it makes of a message, and by which of its alternatives; nil when it is not for it.
  func pick(_ message: Message) -> (value: Any, alternative: Int)?
}

extension KernelContext {
  /// The mailbox of a task, made if need be; nil when the task is not alive, and for the operator.
  @inline(__always)
  func mailbox(of task: TaskID) throws(SystemCallError) -> Object<MailboxState>? {
    if let known = bound(MailboxState.self, to: task) { return known }
    return try makeMailbox(of: task)
  }

  private func makeMailbox(of task: TaskID) throws(SystemCallError) -> Object<MailboxState>? {
    guard case .alive = status(of: task), task != .operator else { return nil }
    let object = try make(MailboxState(owner: task), named: "mailbox \(task)")
    return try bind(object, to: task) ? object : nil
  }

  /// The caller's own mailbox.
  func ownMailbox(for call: String) throws(SystemCallError) -> Object<MailboxState> {
    guard let box = try mailbox(of: caller) else { throw .onlyForTasks(call: call) }
    return box
  }

  /// Gives a message to a task: at once if it waits for one such, else into its mailbox.
  ///
  /// A task that has looked through its mailbox does not look again: only the new message is tried.
  ///
  /// - Parameters:
  ///   - message: the message.
  ///   - task: for whom.
  ///   - isBounded: whether a full mailbox refuses it.
  /// - Returns: whether the task is alive.
  /// - Throws: `SyncError.mailboxFull`.
  @discardableResult
  func deliver(_ message: Message, to task: TaskID, isBounded: Bool = true) throws -> Bool {
    guard let box = try mailbox(of: task) else { return false }
    if let waiter = firstWaiter(on: box), let call = call(of: waiter),
      let found = pick(message, for: call)
    {
      wake(waiter.choosing(found.alternative), with: found.value)
      return true
    }
    let limit = isBounded ? limits.mailbox : .max
    let hasRoom = try change(box) { state in
      guard state.messages.count < limit else { return false }
      state.messages.append(message)
      return true
    }
    if !hasRoom { throw SyncError.mailboxFull(of: task) }
    return true
  }

  /// What a call that waits makes of a message.
  private func pick(
    _ message: Message,
    for call: any SystemCall
  ) -> (value: Any, alternative: Int)? {
    if let receiver = call.exactly(ReceiveMail.self) { return receiver.pick(message) }
    return (call as? any Receiving)?.pick(message)
  }
}
