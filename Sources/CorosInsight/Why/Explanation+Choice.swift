import CorosHistory
import CorosKernel
import CorosLanguage

// Why this task, and not another, had the CPU in its last step.

extension Explanation {
  /// Explains the last step of the task.
  ///
  /// - Parameter facts: What events tell about the task.
  /// - Throws: `Interrupted`.
  mutating func explainChoice(_ facts: Inquiry.Facts) throws(Interrupted) {
    guard let lastRun = past.lastRun(of: task.tid) else {
      sentences.append("task \(task.tid) has not run yet")
      return
    }
    sentences.append(lastStep(facts, tick: facts.lastRun ?? lastRun))
    // If the replay diverges, there is nothing more to say.
    guard let before = try past.choice(beforeLastRunOf: task.tid) else { return }
    let choice = before.choice
    // Where the operator picks, no task is the policy's choice, and this one is among the others.
    let beside = choice.others.filter { $0.task != task.tid }
    self.beside = beside.map(\.task)
    preempted = choice.preempted
    let rule = "under `\(before.policy)` \(before.rule)"
    let others = beside.map { Rank($0) }
    if choice.isPicked {
      sentences.append("the operator picked it, out of turn")
    } else if let ticksLeft = choice.ticksLeft {
      let wait = others.isEmpty ? "" : "; others had to wait: \(rule)"
      sentences.append("it kept the CPU: \(Self.lease(ticksLeft, before))\(wait)")
    } else {
      if let loss = choice.loss, loss.task != task.tid {
        sentences.append(Self.sentence(loss, before))
      }
      sentences.append(others.isEmpty ? "no other task was ready" : "it was chosen: \(rule)")
    }
    guard !others.isEmpty else { return }
    let own = choice.candidates.first?.sortKey
    sentences.append(
      (own.map { "task \(task.tid): \($0); " } ?? "") + "ready beside it: \(Self.listed(others))"
    )
  }

  private func lastStep(_ facts: Inquiry.Facts, tick: Tick) -> String {
    if let call = facts.lastCall, call.tick == tick {
      let place = call.summary.line.map { ", in line \($0)" } ?? ""
      return "task \(task.tid) had the CPU in tick \(tick)\(place): it "
        + EventWords.sentence(call.summary.unplaced, call.outcome)
    }
    let end = task.status == nil ? "" : ": it ran to its end"
    return "task \(task.tid) had the CPU in tick \(tick)\(end)"
  }

  /// How long a task may keep the CPU.
  static func lease(_ ticksLeft: Tick, _ before: PastChoice) -> String {
    if ticksLeft != .max { return "its slice had \(counted(ticksLeft, "tick")) left" }
    return before.policyPreempts
      ? "no task goes before it, and its slice has no end" : "its slice has no end"
  }

  /// Why the task of the previous step did not go on.
  static func sentence(_ loss: NextChoice.Loss, _ before: PastChoice) -> String {
    let task = "task \(loss.task)" + before.lossName
    let key = loss.sortKey.map { ", which has \($0)" } ?? ""
    return switch loss.end {
    case .preempted: "it took the CPU from \(task)\(key)"
    case .expired: "the slice of \(task) had ended"
    case .yielded: "\(task) gave up the CPU"
    case .blocked: "\(task) had begun to wait"
    case .stopped: "\(task) had been stopped"
    case .ended: "task \(loss.task) had ended"
    }
  }
}
