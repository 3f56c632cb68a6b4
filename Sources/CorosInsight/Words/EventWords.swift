package import CorosKernel
import CorosLanguage

/// Events in words that a beginner understands.
package enum EventWords {
  /// What a task does by its system call, and what comes of it.
  ///
  /// - Parameters:
  ///   - call: The call.
  ///   - outcome: What the kernel did about it; nil while that is open.
  /// - Returns: A sentence without its subject, the task.
  package static func sentence(_ call: CallSummary, _ outcome: Event.Action?) -> String {
    let verb = verb(call)
    switch outcome {
    case .replied(let reply)? where call.name == "WaitTask":
      let target = call.arguments.prefix { $0 != "," }
      return reply == "nil"
        ? "waits for \(target), which there is not"
        : "waits for \(target), which has ended: \(reply)"
    case .replied(let reply)?:
      return reply.isEmpty ? verb : "\(verb): the answer is \(reply)"
    case .refused(let why)?:
      return "\(verb), which fails: \(why)"
    case .blocked(.time, let deadline?)?, .blocked(.io, let deadline?)?:
      return "\(verb), until tick \(deadline)"
    case .blocked(let reason, let deadline)?:
      let waits = "waits for \(waiting(for: reason, until: deadline))"
      return ["WaitTask", "WaitAnyChild"].contains(call.name) ? waits : "\(verb), and \(waits)"
    default:
      return verb
    }
  }

  /// The system calls of the kernel, by name.
  package static let calls = [
    "Compute", "ContinueTask", "Exit", "GetParent", "GetTid", "GetTime", "KillTask", "NewTask",
    "PerformIO", "Random", "SetNice", "SetPriority", "SetTickets", "Sleep", "StopTask",
    "WaitAnyChild", "WaitTask", "Write", "Yield",
  ]

  private static func verb(_ call: CallSummary) -> String {
    switch call.name {
    case "GetTid": "asks who it is"
    case "GetParent": "asks who its parent is"
    case "GetTime": "asks what time it is"
    case "Yield": "yields the CPU"
    case "Compute": "computes for a tick"
    case "Exit": "exits with code \(call.arguments)"
    case "Write": "writes \(call.arguments)"
    case "NewTask": "creates a task, '\(call.arguments)'"
    case "KillTask": "kills \(call.arguments)"
    case "StopTask": "stops \(call.arguments)"
    case "ContinueTask": "lets \(call.arguments) go on"
    case "SetPriority": "sets \(whose(call)) priority to \(value(call))"
    case "SetTickets": "sets \(whose(call)) tickets to \(value(call))"
    case "SetNice": "sets \(whose(call)) nice value to \(value(call))"
    case "WaitTask": "waits for \(call.arguments)"
    case "WaitAnyChild": "waits for any child"
    case "PerformIO":
      "starts I/O of \(Int(call.arguments).map { counted($0, "tick") } ?? call.arguments)"
    case "Sleep": "sleeps for \(Int(call.arguments).map { counted($0, "tick") } ?? call.arguments)"
    case "Random": "asks for a random number \(call.arguments)"
    default: "calls \(call)"
    }
  }

  /// Whose parameter a call sets: the second of its arguments, if there is one.
  private static func whose(_ call: CallSummary) -> String {
    let parts = call.arguments.split(separator: " ", maxSplits: 1)
    return parts.count > 1 ? "\(parts[1])'s" : "its own"
  }

  private static func value(_ call: CallSummary) -> Substring {
    call.arguments.prefix { $0 != "," }
  }

  /// What else happened in the step, as a sentence of its own; nil for what the step's line says.
  package static func consequence(_ event: Event, name: String) -> String? {
    let task = "task \(event.task)" + (name.isEmpty ? "" : " (\(name))")
    switch event.action {
    case .spawned(let name, _): return "task \(event.task) (\(name)) is created, and ready"
    case .arrived: return "\(task) arrives, and is ready"
    case .woke(let reason): return "\(task) wakes: \(reason)"
    case .stopped: return "\(task) is stopped"
    case .continued: return "\(task) may go on"
    case .killed(let killer):
      return "\(task) is killed by \(who(killer))"
    case .resisted(let call): return "\(task) tries \(call) while it is being ended, in vain"
    case .gaveUp(let count): return "\(task) refused to end \(count) times, and is cut off"
    case .escaped: return "\(task) awaits something outside the kernel"
    case .exited(let status): return "\(task) has ended: \(status)"
    case .clockJumped(let from):
      return "nothing is ready: the clock jumps from \(from) to \(event.tick)"
    case .dispatched, .trapped, .replied, .refused, .blocked, .wrote: return nil
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
      case .channel(let channel): channel.name
      case .outside: "something outside the kernel"
      }
    guard let deadline else { return what }
    // Of others the deadline is a time-out.
    let isTimed = [.time, .io, .arrival].contains(reason)
    return "\(what), \(isTimed ? "until" : "at most until") tick \(deadline)"
  }

  /// A task, or you.
  package static func who(_ task: TaskID) -> String {
    task == .operator ? "you" : "task \(task)"
  }

  /// An event as `trace show` has it: the bare facts.
  package static func line(_ event: Event) -> (what: String, detail: String) {
    switch event.action {
    case .spawned(let name, let parent): ("spawned", "\(name), by \(who(parent))")
    case .arrived: ("arrived", "")
    case .dispatched: ("dispatched", "")
    case .trapped(let call): ("trapped", call.description)
    case .replied(let reply): ("replied", reply)
    case .refused(let why): ("refused", why)
    case .blocked(let reason, let deadline):
      ("blocked", "on \(reason)" + (deadline.map { ", until tick \($0)" } ?? ""))
    case .woke(let reason): ("woke", reason)
    case .wrote(let text): ("wrote", text)
    case .stopped(let by): ("stopped", "by \(who(by))")
    case .continued(let by): ("continued", "by \(who(by))")
    case .killed(let by): ("killed", "by \(who(by))")
    case .resisted(let call): ("resisted", call.description)
    case .gaveUp(let count): ("gave up", "after \(count) refusals")
    case .escaped: ("escaped", "awaits something outside")
    case .exited(let status): ("exited", status.description)
    case .clockJumped(let from): ("clock", "jumped from \(from) to \(event.tick)")
    }
  }
}
