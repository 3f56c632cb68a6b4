import CorosKernel
import CorosLanguage

// A task that has ended: how, and who ended it.

extension Explanation {
  mutating func explainEnd(_ status: ExitStatus, _ facts: Inquiry.Facts) {
    let end = task.accounting.end ?? scheduler.now
    let subject = "task \(task.tid)"
    switch status {
    case .exited(let code):
      let how =
        facts.lastCall?.summary.type == Exit.self
        ? "by its call \(facts.lastCall?.summary.description ?? "")" : "its code came to its end"
      sentences.append("\(subject) has ended at tick \(end) with code \(code): \(how)")
    case .failed(let message):
      sentences.append(
        "\(subject) failed at tick \(end), with an error that it did not catch: \(message)"
      )
    case .cancelled:
      sentences.append(
        "\(subject) has ended at tick \(end): it was \(status), and did not catch that"
      )
    case .killed:
      guard let killed = facts.killed else {
        sentences.append("\(subject) has ended at tick \(end): killed")
        break
      }
      deed = killed
      let victim = killed.by == task.tid ? "itself" : EventWords.who(killed.by) + name(killed.by)
      sentences.append("\(subject) was killed at tick \(end) by \(victim)\(doing(facts))")
    }
    if deed != nil { resisted = facts.resistances }
    if let resisted, resisted > 0, facts.refusals == nil {
      let times = resisted == 1 ? "once" : "\(resisted) times"
      sentences.append("it resisted \(times): it made calls of its own before it ended")
    }
    if let refusals = facts.refusals {
      sentences.append("it refused to end \(refusals) times, and was cut off")
    }
    if task.accounting.dispatches == 0 {
      sentences.append("it never ran")
    } else if let call = facts.lastCall, call.summary.type != Exit.self {
      sentences.append("its last call, in tick \(call.tick): \(Self.words(call))")
    }
  }

  func name(_ tid: TaskID) -> String {
    tid == .operator ? "" : TaskWords.inParentheses(tid, scheduler)
  }

  /// What a killed task was doing.
  func doing(_ facts: Inquiry.Facts) -> String {
    if let reason = facts.waiting {
      return ", while it waited for \(EventWords.waiting(for: reason, until: nil))"
    }
    return facts.ready == nil ? "" : ", while it was ready"
  }

  static func words(_ call: Inquiry.Facts.Call) -> String {
    switch call.outcome {
    case .replied(let reply)? where reply != .nothing: "\(call.summary), answered \(reply)"
    case .refused(let error)?: "\(call.summary), refused: \(error)"
    default: call.summary.description
    }
  }
}
