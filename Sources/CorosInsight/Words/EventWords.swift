package import CorosKernel
import CorosLanguage

/// Descriptions of events that a beginner understands.
package enum EventWords {
  /// A system call of a task and its outcome.
  ///
  /// - Parameters:
  ///   - call: The call.
  ///   - outcome: The kernel's answer; nil while it is open.
  /// - Returns: A sentence without its subject, the task.
  package static func sentence(_ call: CallSummary, _ outcome: Event.Action?) -> String {
    if let line = call.line {
      return "line \(line): \(sentence(call.unplaced, outcome))"
    }
    if let sentence = WorldWords.sentence(call, outcome) { return sentence }
    if let sentence = SharingWords.sentence(call, outcome) { return sentence }
    let verb = verb(call)
    switch outcome {
    case .replied(let reply)?:
      return answered(call, reply)
    case .refused(let why)?:
      return "\(verb), which fails: \(why)"
    case .blocked(.time, let deadline?)?, .blocked(.io, let deadline?)?:
      return "\(verb), until tick \(deadline)"
    case .blocked(let reason, let deadline)?:
      let waits = "waits for \(waiting(for: reason, until: deadline))"
      let isWait = call.type == WaitTask.self || call.type == WaitAnyChild.self
      return isWait ? waits : "\(verb), and \(waits)"
    default:
      return verb
    }
  }

  private static func answered(_ call: CallSummary, _ reply: ReplySummary) -> String {
    if call.type == WaitTask.self {
      let target = call.arguments.prefix { $0 != "," }
      return reply == .missing
        ? "waits for \(target), but there is no such task"
        : "waits for \(target), which has ended: \(reply)"
    }
    if call.type == CancelTask.self {
      return reply == .value("true")
        ? verb(call) : "\(verb(call)), which has ended, or was cancelled before"
    }
    return reply == .nothing ? verb(call) : "\(verb(call)): the answer is \(reply)"
  }

  /// The names of the kernel's system calls, sorted.
  package static let calls = KernelCalls.all.map { $0.name }

  private static func verb(_ call: CallSummary) -> String {
    switch call {
    case GetTid.self: "asks who it is"
    case GetParent.self: "asks who its parent is"
    case GetPriority.self: "asks for its priority"
    case GetTime.self: "asks what time it is"
    case Yield.self: "yields the CPU"
    case Compute.self: "computes for a tick"
    case Exit.self: "exits with code \(call.arguments)"
    case Write.self: "writes \(call.arguments)"
    case MakeNote.self: "notes \(call.arguments)"
    // Typed programs make tasks by a call of their own, of the same name.
    case _ where call.name == NewTask.name: "creates a task, '\(call.arguments)'"
    case KillTask.self: "kills \(call.arguments)"
    case CancelTask.self: "cancels \(call.arguments)"
    case StopTask.self: "stops \(call.arguments)"
    case ContinueTask.self: "resumes \(call.arguments)"
    case SetPriority.self: "sets \(whose(call)) priority to \(value(call))"
    case SetTickets.self: "sets \(whose(call)) tickets to \(value(call))"
    case SetNice.self: "sets \(whose(call)) nice value to \(value(call))"
    case WaitTask.self: "waits for \(call.arguments)"
    case WaitAnyChild.self: "waits for any child"
    case PerformIO.self:
      "starts I/O of \(Int(call.arguments).map { counted($0, "tick") } ?? call.arguments)"
    case Sleep.self:
      "sleeps for \(Int(call.arguments).map { counted($0, "tick") } ?? call.arguments)"
    case SleepUntil.self: "sleeps until tick \(call.arguments)"
    case Random.self: "asks for a random number \(call.arguments)"
    // The call by which threads in assembly run; their machine is a module of its own.
    case _ where call.name == "Execute": "executes \(call.arguments)"
    default: "calls \(call)"
    }
  }

  /// Whose parameter a call sets: its second argument, if there is one.
  private static func whose(_ call: CallSummary) -> String {
    let parts = call.arguments.split(separator: " ", maxSplits: 1)
    return parts.count > 1 ? "\(parts[1])'s" : "its own"
  }

  private static func value(_ call: CallSummary) -> Substring {
    call.arguments.prefix { $0 != "," }
  }

  /// Whether an event says no more than the sentence about the call of its task in the same step.
  package static func isTold(_ event: Event, by call: CallSummary?) -> Bool {
    SharingWords.isTold(event, by: call)
  }

  /// What else happened in the step, as a separate sentence; nil for what the step's line already says.
  package static func consequence(_ event: Event, name: String) -> String? {
    let task = "task \(event.task)" + (name.isEmpty ? "" : " (\(name))")
    switch event.action {
    case .spawned(let name, _): return "task \(event.task) (\(name)) is created, and ready"
    case .arrived: return "\(task) arrives, and is ready"
    case .woke(let reason): return "\(task) wakes: \(reason)"
    case .stopped: return "\(task) is stopped"
    case .continued: return "\(task) continues"
    case .killed(let killer):
      return "\(task) is killed by \(who(killer))"
    case .resisted(let call):
      return "\(task) calls \(call) while it is being ended, which is refused"
    case .gaveUp(let count): return "\(task) refused to end \(count) times, and is cut off"
    case .escaped: return "\(task) awaits something outside the kernel"
    case .exited(let status): return "\(task) has ended: \(status)"
    case .clockJumped(let from):
      return "nothing is ready: the clock jumps from \(from) to \(event.tick)"
    case .switching(let end): return "the CPU is switched to \(task), until tick \(end)"
    case .cancelled(.operator, Cancelled.timeIsUp): return "the time of a scope of \(task) is up"
    case .cancelled(let canceller, let reason):
      // Where the reason begins with who it was, that is not said twice.
      let isTold = canceller != .operator && reason.hasPrefix("task \(canceller) ")
      return "\(task) is cancelled" + (isTold ? "" : " by \(who(canceller))")
        + (reason.isEmpty ? "" : ": \(reason)")
    case .acquired(let place, let last):
      return "\(task) gets \(place.name)"
        + (last.map { ", which task \($0) held when it ended" } ?? "")
    case .released(let place):
      return place.isLock ? "\(task) gives \(place.name) back" : "\(task) leaves \(place.name)"
    case .abandoned(let place, let last): return "task \(last) held \(place.name) when it ended"
    case .dispatched, .trapped, .replied, .refused, .blocked, .wrote, .noted, .touched, .detail:
      return nil
    }
  }

  package static func waiting(for reason: WaitReason, until deadline: Tick?) -> String {
    let what =
      switch reason {
      case .task(let target): "task \(target) to end"
      case .anyChild: "a child to end"
      case .time: "its time"
      case .io: "its I/O"
      case .arrival: "its arrival"
      case .channel, .object, .anyOf: reason.description
      case .outside: "something outside the kernel"
      }
    guard let deadline else { return what }
    // For other reasons the deadline is a timeout.
    let isTimed = [.time, .io, .arrival].contains(reason)
    return "\(what), \(isTimed ? "until" : "at most until") tick \(deadline)"
  }

  /// A task, or `you` for the operator.
  package static func who(_ task: TaskID) -> String {
    task == .operator ? "you" : "task \(task)"
  }

  /// An event as `trace show` lists it: the bare facts.
  package static func line(_ event: Event) -> (what: String, detail: String) {
    switch event.action {
    case .spawned(let name, let parent): ("spawned", "\(name), by \(who(parent))")
    case .arrived: ("arrived", "")
    case .dispatched: ("dispatched", "")
    case .trapped(let call):
      ("trapped", call.description + (call.line.map { ", in line \($0)" } ?? ""))
    case .replied(let reply): ("replied", reply.description)
    case .refused(let why): ("refused", why)
    case .blocked(let reason, let deadline):
      ("blocked", "on \(reason)" + (deadline.map { ", until tick \($0)" } ?? ""))
    case .woke(let reason): ("woke", reason)
    case .wrote(let text): ("wrote", text)
    case .noted(let note): ("noted", note.description)
    case .stopped(let by): ("stopped", "by \(who(by))")
    case .continued(let by): ("continued", "by \(who(by))")
    case .killed(let by): ("killed", "by \(who(by))")
    case .resisted(let call): ("resisted", call.description)
    case .gaveUp(let count): ("gave up", "after \(count) refusals")
    case .escaped: ("escaped", "awaits something outside")
    case .exited(let status): ("exited", status.description)
    case .switching(let end): ("switching", "the CPU to it, until tick \(end)")
    case .cancelled(.operator, Cancelled.timeIsUp): ("cancelled", Cancelled.timeIsUp)
    case .cancelled(let by, let reason):
      ("cancelled", "by \(who(by))" + (reason.isEmpty ? "" : ": \(reason)"))
    case .acquired(let place, let last):
      ("acquired", place.name + (last.map { ", abandoned by task \($0)" } ?? ""))
    case .released(let place): ("released", place.name)
    case .abandoned(let place, let last): ("abandoned", "\(place.name), by task \(last)")
    case .detail(let detail): ("detail", "\(detail)")
    case .touched(let touch):
      ("touched", "\(touch.isChange ? "changes" : "reads") \(touch.resource)")
    case .clockJumped(let from): ("clock", "jumped from \(from) to \(event.tick)")
    }
  }
}

extension CallSummary {
  /// The same without its line.
  var unplaced: CallSummary { CallSummary(type: type, arguments: arguments) }
}
