import CorosHistory
import CorosKernel
import CorosLanguage

// Of one that runs, or ran last: why it, and not another.

extension Explanation {
  /// Why it, and not another, had the CPU when it ran last.
  package func choice(_ facts: Inquiry.Facts) throws(Interrupted) -> [String] {
    guard let moment = machine.moment(ofLastRunOf: task.tid) else {
      return ["task \(task.tid) has not run yet"]
    }
    var sentences: [String] = []
    let tick = facts.lastRun ?? machine.tick(atMoment: moment + 1) - 1
    if let call = facts.lastCall, call.tick == tick {
      let what = EventWords.sentence(call.summary, call.outcome)
      sentences.append("task \(task.tid) had the CPU in tick \(call.tick): it \(what)")
    } else {
      let what = TaskWords.status(of: task) == nil ? "" : ": it ran to its end"
      sentences.append("task \(task.tid) had the CPU in tick \(tick)\(what)")
    }
    // Nil where the past does not come out as it was: then this is all there is to say.
    guard let before = try lookBack(to: moment) else { return sentences }
    let others = before.readyQueue.filter { $0 != task.tid }.map { Rank($0, before) }
    let rule = "under `\(before.policyDescription)` \(before.policyRule)"
    if let holder = before.sliceHolder, holder.tid == task.tid {
      let left =
        holder.ticksLeft == .max ? "has no end" : "had \(counted(holder.ticksLeft, "tick")) left"
      let wait = others.isEmpty ? "" : "; others had to wait: \(rule)"
      sentences.append("it kept the CPU, for its slice \(left)\(wait)")
    } else if others.isEmpty {
      sentences.append("nobody else was ready")
      return sentences
    } else {
      sentences.append("it was chosen: \(rule)")
    }
    if others.isEmpty { return sentences }
    let merit = before.merit(of: task.tid)
    sentences.append(
      (merit.map { "task \(task.tid): \($0); " } ?? "") + "ready beside it: \(Self.listed(others))"
    )
    return sentences
  }
}
