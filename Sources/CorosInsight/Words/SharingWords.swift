import CorosKernel
import CorosSync

/// The calls on locks and other shared objects, in words.
enum SharingWords {
  /// A call and its outcome, as a sentence without its subject, the task.
  ///
  /// - Parameters:
  ///   - call: The call.
  ///   - outcome: The kernel's answer; nil while it is open.
  /// - Returns: The sentence; nil for a call on no object.
  static func sentence(_ call: CallSummary, _ outcome: Event.Action?) -> String? {
    guard let words = words(call) else { return nil }
    switch outcome {
    case .blocked(_, let deadline)?:
      return words.blocked + (deadline.map { ", at most until tick \($0)" } ?? "")
    case .refused(let why)?: return "\(words.asked), which fails: \(why)"
    case .replied(.value(let number))? where call.type == Notify.self || call.type == SetEvent.self:
      guard let woken = Int(number), woken > 0 else {
        return words.done + (call.type == Notify.self ? ", and no task waits for it" : "")
      }
      return "\(words.done), and \(woken == 1 ? "1 task wakes" : "\(woken) tasks wake")"
    case .replied(.value(let value))? where isTrying(call):
      return words.done + (value == "true" ? ", and gets it" : ", and gets none")
    case .replied(let reply)?: return sentence(call, words.done, reply)
    default: return words.done
    }
  }

  /// The same of a call that was answered, where the answer matters.
  private static func sentence(
    _ call: CallSummary,
    _ done: String,
    _ reply: ReplySummary
  ) -> String {
    let object = withoutTimeout(call.arguments)
    if call.type == NextInGroup.self {
      return reply == .missing ? "finds that no task is left in \(object)" : "\(done): \(reply)"
    }
    if isReceiving(call) {
      if call.type == ReadLine.self, reply == .missing {
        return "finds that no line comes any more"
      }
      return reply == .missing ? "\(done), and nothing comes any more" : "\(done): \(reply)"
    }
    switch (call, reply) {
    case (Select.self, .value("none")): return "finds none of \(object)"
    case (Select.self, .value(let choice)): return "\(done): \(choice)"
    case (CloseGroup.self, .value(let ends)) where ends != "all ended well":
      return "\(done): \(ends)"
    case (CloseScope.self, .value(let cause)): return "\(done), which was \(cause)"
    case (OpenGroup.self, .value(let name)): return "opens \(name)"
    case (MonitorTask.self, .value(let monitor)): return "\(done): \(monitor)"
    case (CancelGroup.self, .value("false")): return "\(done), which was cancelled before"
    case (Link.self, .value("false")), (JoinTasks.self, .value("false")):
      return "\(done), in vain: no such task is alive"
    case (Unlink.self, .value("false")), (Demonitor.self, .value("false")):
      return "\(done), though it was over already"
    case (_, .value("false")) where isCarrying(call, "SendMessage"):
      return "\(done), which is not alive: the message is lost"
    case (_, .value("false")) where isCarrying(call, "Close"):
      return "\(done), which was closed before"
    case (_, .value(let name)) where isMaking(call) && object.isEmpty: return "\(done)\(name)"
    default: return done
    }
  }

  private static func isCarrying(_ call: CallSummary, _ name: String) -> Bool {
    call.type is any CarryingCall.Type && call.name == name
  }

  /// Whether a call makes an object; one without a name is called by its number.
  private static func isMaking(_ call: CallSummary) -> Bool {
    [
      MakeMutex.self, MakeSemaphore.self, MakeCondition.self, MakeEvent.self, MakeBarrier.self,
      MakeRWLock.self,
    ].contains { call.type == $0 }
  }

  /// The arguments without a time limit: of a wait its end is told instead.
  private static func withoutTimeout(_ arguments: String) -> String {
    let limit = ", timeout "
    let digits = arguments.reversed().prefix { $0.isNumber }.count
    let rest = arguments.dropLast(digits)
    return digits > 0 && rest.hasSuffix(limit) ? String(rest.dropLast(limit.count)) : arguments
  }

  /// Whether a call takes something only if it is free.
  private static func isTrying(_ call: CallSummary) -> Bool {
    [TryLock.self, TryLockRW.self, TryAcquire.self].contains { call.type == $0 }
  }

  /// Whether the answer to a call is what it is made for.
  private static func isReceiving(_ call: CallSummary) -> Bool {
    call.type == NextInGroup.self || call.type == ReadLine.self
      || (call.type is any CarryingCall.Type
        && ["Receive", "ReceiveMessage", "Ask"].contains(call.name))
  }

  /// Whether an event says no more than the sentence about its task's call.
  static func isTold(_ event: Event, by call: CallSummary?) -> Bool {
    guard let call else { return false }
    switch event.action {
    case .acquired(_, abandonedBy: nil): return words(call) != nil
    case .released:
      return [Unlock.self, UnlockRW.self, CondWait.self].contains { call.type == $0 }
    default: return false
    }
  }

  /// What a task does that asks for something, that gets it at once, and that must wait for it.
  private static func words(_ call: CallSummary) -> (asked: String, done: String, blocked: String)?
  {
    let object = withoutTimeout(call.arguments)
    func simply(_ verb: String) -> (String, String, String) { (verb, verb, verb) }
    if call.type is any CarryingCall.Type { return words(carrying: call) }
    return switch call {
    case MakeMutex.self: simply("makes the mutex \(object)")
    case MakeSemaphore.self: simply("makes the semaphore \(object)")
    case MakeCondition.self: simply("makes the condition \(object)")
    case MakeEvent.self: simply("makes the event \(object)")
    case MakeBarrier.self: simply("makes the barrier \(object)")
    case MakeRWLock.self: simply("makes the read-write lock \(object)")
    case Lock.self, LockRW.self:
      ("asks for \(object)", "takes \(object)", "waits for \(object)")
    case Unlock.self, UnlockRW.self: simply("gives \(object) back")
    case Acquire.self:
      (
        "asks for a permit of \(object)", "takes a permit of \(object)",
        "waits for a permit of \(object)"
      )
    case Release.self: simply("gives a permit of \(object)")
    case WaitEvent.self:
      ("waits for \(object)", "finds \(object) set", "waits for \(object)")
    case SetEvent.self: simply("sets \(object)")
    case ClearEvent.self: simply("clears \(object)")
    case CondWait.self:
      (
        "waits for \(object)", "waits for \(object) no longer",
        "gives its mutex back, and waits for \(object)"
      )
    case Relock.self:
      ("asks for \(object) again", "has \(object) again", "waits for \(object) again")
    case Notify.self: simply("notifies \(object)")
    case TryLock.self, TryLockRW.self: simply("tries to take \(object)")
    case TryAcquire.self: simply("tries to take a permit of \(object)")
    case Select.self:
      ("asks for the first of \(object)", "finds one of \(object)", "waits for \(object)")
    case OpenScope.self:
      simply(
        "enters a scope"
          + (object.isEmpty ? "" : object == "shield" ? " with a shield" : ", \(object)")
      )
    case CloseScope.self: simply("leaves a scope")
    case OpenGroup.self: simply("opens a group")
    case SpawnInGroup.self: simply("creates \(object)")
    case NextInGroup.self:
      (
        "asks for the next of \(object)", "hears of the next of \(object)",
        "waits for the next of \(object)"
      )
    case CancelGroup.self: simply("cancels \(object)")
    case CloseGroup.self:
      ("closes \(object)", "closes \(object)", "closes \(object), and waits for its tasks")
    case Link.self: simply("links itself with \(object)")
    case Unlink.self: simply("ends its link with \(object)")
    case TrapExits.self:
      simply(
        object == "on"
          ? "has the ends of linked tasks come as messages" : "lets the ends of linked tasks end it"
      )
    case MonitorTask.self: simply("monitors \(object)")
    case Demonitor.self: simply("monitors \(object) no longer")
    case Arrive.self:
      ("arrives at \(object)", "is the last to arrive at \(object)", "waits at \(object)")
    case JoinTasks.self: simply("joins \(object) by a pipe")
    case ReadLine.self:
      (
        "asks for a line" + (object.isEmpty ? "" : " \(object)"), "reads \(object)",
        "waits to read \(object)"
      )
    case ReadCell.self: simply("reads \(object)")
    case WriteCell.self: simply("writes \(object)")
    case AtomicBlock.self: simply("does an atomic block")
    case AwaitCondition.self:
      (
        "waits until \(object)", "goes on, since \(object)", "waits until \(object)"
      )
    case AssertCondition.self: simply("checks that \(object)")
    case EnterCritical.self: simply("enters the critical section \(object)")
    default: nil
    }
  }

  /// The same of a call that carries a value.
  private static func words(
    carrying call: CallSummary
  ) -> (asked: String, done: String, blocked: String)? {
    let object = withoutTimeout(call.arguments)
    func simply(_ verb: String) -> (String, String, String) { (verb, verb, verb) }
    return switch call.name {
    case "MakeChannel": simply("makes the channel \(object)")
    case "Send": ("sends \(object)", "sends \(object)", "waits to send \(object)")
    case "Receive":
      ("asks for a value \(object)", "receives \(object)", "waits to receive \(object)")
    case "Close": simply("closes \(object)")
    case "SendMessage": simply("sends \(object)")
    case "ReceiveMessage": ("asks for a message", "takes a message", "waits for a message")
    case "Ask":
      ("asks \(object)", "asks \(object)", "asks \(object), and waits for the answer")
    case "Answer": simply("answers \(object)")
    default: nil
    }
  }
}
