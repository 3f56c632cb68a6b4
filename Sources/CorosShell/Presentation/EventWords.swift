import CorosKernel

/// Events in words that a beginner understands.
enum EventWords {
  /// What a task does by its system call: the verb of the sentence.
  static func call(_ call: CallSummary) -> String {
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
    case "WaitTask": "wants the end of \(call.arguments)"
    case "WaitAnyChild": "wants the end of any child"
    case "Sleep": "goes to sleep for \(call.arguments)"
    case "Random": "asks for a random number \(call.arguments)"
    default: "calls \(call)"
    }
  }

  /// What the kernel did about the call, as the rest of the sentence; nil when there is nothing to add.
  static func answer(_ action: Event.Action) -> String? {
    switch action {
    case .replied(let reply) where reply.isEmpty: nil
    case .replied(let reply): "the answer is \(reply)"
    case .refused(let why): "that fails: \(why)"
    case .blocked(.time, let deadline?): "until tick \(deadline)"
    case .blocked(let reason, let deadline):
      "and waits for \(waiting(for: reason, until: deadline))"
    default: nil
    }
  }

  /// What else happened in the step, as a sentence of its own; nil for what the step's line says.
  static func consequence(_ event: Event, name: String) -> String? {
    let task = "task \(event.task)" + (name.isEmpty ? "" : " (\(name))")
    switch event.action {
    case .spawned(let name, _): return "task \(event.task) (\(name)) is created, and ready"
    case .woke(let reason): return "\(task) wakes: \(reason)"
    case .stopped: return "\(task) is stopped"
    case .continued: return "\(task) may go on"
    case .killed(let killer):
      return "\(task) is killed by \(killer == .operator ? "you" : "task \(killer)")"
    case .resisted(let call): return "\(task) tries \(call) while it is being ended, in vain"
    case .gaveUp(let count): return "\(task) refused to end \(count) times, and is cut off"
    case .escaped: return "\(task) awaits something outside the kernel"
    case .exited(let status): return "\(task) has ended: \(status)"
    case .clockJumped(let from):
      return "nothing is ready: the clock jumps from \(from) to \(event.tick)"
    case .dispatched, .trapped, .replied, .refused, .blocked, .wrote: return nil
    }
  }

  static func waiting(for reason: WaitReason, until deadline: Tick?) -> String {
    let what =
      switch reason {
      case .task(let target): "task \(target) to end"
      case .anyChild: "a child to end"
      case .time: "its time"
      case .channel(let channel): channel.name
      case .outside: "something outside the kernel"
      }
    return deadline.map { "\(what), at most until tick \($0)" } ?? what
  }

  /// An event as `trace show` has it: the bare facts.
  static func line(_ event: Event) -> (what: String, detail: String) {
    switch event.action {
    case .spawned(let name, let parent): ("spawned", "\(name), by \(parent)")
    case .dispatched: ("dispatched", "")
    case .trapped(let call): ("trapped", call.description)
    case .replied(let reply): ("replied", reply)
    case .refused(let why): ("refused", why)
    case .blocked(let reason, let deadline):
      ("blocked", "on \(reason)" + (deadline.map { ", until tick \($0)" } ?? ""))
    case .woke(let reason): ("woke", reason)
    case .wrote(let text): ("wrote", text)
    case .stopped(let by): ("stopped", "by \(by)")
    case .continued(let by): ("continued", "by \(by)")
    case .killed(let by): ("killed", "by \(by)")
    case .resisted(let call): ("resisted", call.description)
    case .gaveUp(let count): ("gave up", "after \(count) refusals")
    case .escaped: ("escaped", "awaits something outside")
    case .exited(let status): ("exited", status.description)
    case .clockJumped(let from): ("clock", "jumped from \(from) to \(event.tick)")
    }
  }
}
