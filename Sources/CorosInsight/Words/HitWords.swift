package import CorosHistory
package import CorosKernel
import CorosLanguage

/// Descriptions of what hit a breakpoint.
package enum HitWords {
  /// A sentence without a full stop, such as `task 2 (clock) calls Sleep(10)`.
  package static func sentence(
    _ hit: BreakpointHit,
    _ label: String,
    _ scheduler: Scheduler
  ) -> String {
    let task = "task \(hit.task)" + TaskWords.inParentheses(hit.task, scheduler)
    return switch hit.cause {
    case .event(.dispatched): "\(task) has run"
    case .event(.spawned(let name, let parent)):
      "task \(hit.task) (\(excerpt(of: name))) is created by task \(parent)"
        + TaskWords.inParentheses(parent, scheduler)
    case .event(.trapped(let call)): "\(task) calls \(excerpt(of: call.description))"
    case .event(.wrote(let text)): "\(task) writes \(quoted(excerpt(of: text)))"
    case .event(.killed(let killer)):
      "\(task) is killed by task \(killer)" + TaskWords.inParentheses(killer, scheduler)
    case .event(.exited(.failed(let message))): "\(task) has failed: \(excerpt(of: message))"
    case .event(.exited(let status)): "\(task) has ended: \(status)"
    case .event(.abandoned(let place, let last)):
      "task \(last) has ended and held \(excerpt(of: place.name)), which is free now"
    case .event(let action): "\(task) \(sharing(action) ?? "\(action)")"
    case .found(let what): what
    case .entered(.running, _): "\(task) has got the CPU"
    case .entered(let state, let before):
      entered(state, hit, task, scheduler)
        + (before.map { ", and was \($0.rawValue)" } ?? ", and was not there")
    case .reached(let tick):
      "the clock has \(tick == hit.tick ? "come to" : "passed") tick \(tick)"
    case .deadlock(let deadlock): "no task can ever run again" + circle(of: deadlock)
    case .held: "\(label) is true now"
    case .changed(let old, let new): "\(label) was \(shown(old)), is now \(shown(new))"
    }
  }

  /// What a task does with an object; nil for what has to do with none.
  private static func sharing(_ action: Event.Action) -> String? {
    switch action {
    case .acquired(let place, _): "gets \(excerpt(of: place.name))"
    case .released(let place): "gives \(excerpt(of: place.name)) back"
    case .blocked(let reason, let deadline):
      "waits for \(EventWords.waiting(for: reason, until: deadline))"
    case .detail(.took(let place)): "takes a permit of \(excerpt(of: place.name))"
    case .detail(.gave(let place)): "gives a permit of \(excerpt(of: place.name))"
    case .detail(.notified(let place, let woken)):
      "notifies \(excerpt(of: place.name)), and "
        + (woken == 0 ? "no task wakes" : "wakes \(counted(woken, "task"))")
    default: nil
    }
  }

  private static func entered(
    _ state: TaskState.Kind,
    _ hit: BreakpointHit,
    _ task: String,
    _ scheduler: Scheduler
  ) -> String {
    // It may have run since it woke.
    if state == .ready, hit.tick < scheduler.now, scheduler.lastDispatched == hit.task {
      return "\(task) became ready, and ran at once"
    }
    return "\(task) is \(state.rawValue)" + detail(of: hit.task, scheduler)
  }

  /// What a task waits for that has just begun to wait.
  private static func detail(of task: TaskID, _ scheduler: Scheduler) -> String {
    switch scheduler.info(task)?.state {
    case .waiting(let reason)?: " for \(EventWords.waiting(for: reason, until: nil))"
    case .sleeping(let deadline)?: " until tick \(deadline)"
    default: ""
    }
  }

  private static func circle(of deadlock: Deadlock) -> String {
    guard let circle = deadlock.circles.first, circle.count <= 20 else {
      return ": \(counted(deadlock.blocked.count, "task waits", plural: "tasks wait"))"
    }
    return ": " + (circle + circle.prefix(1)).map(\.description).joined(separator: " → ")
  }

  private static func shown(_ value: String) -> String {
    value.isEmpty ? "empty" : excerpt(of: value)
  }
}
