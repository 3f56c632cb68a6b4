import CorosHistory
import CorosKernel
import CorosLanguage

// Why a ready task does not run: which tasks run instead, and by which rule.

extension Explanation {
  mutating func explainReady(_ facts: Inquiry.Facts) throws(Interrupted) {
    let wait = task.accounting.wait(now: scheduler.now)
    try explainReadiness(facts)
    var cause = ""
    if let since, let because {
      cause = WhyPattern.cause.filled(["tick": "\(since)", "because": because])
    }
    sentences.append(
      WhyPattern.ready.filled([
        "task": "\(task.tid)", "cause": cause, "ticks": counted(wait, "tick"),
      ])
    )
    instead = facts.instead.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { Turns(tid: $0.key, ticks: $0.value) }
    if !instead.isEmpty { sentences.append(turns(of: instead)) }
    explainPlace(scheduler.nextChoice)
  }

  /// Finds out since when the task is ready, and why.
  mutating func explainReadiness(_ facts: Inquiry.Facts) throws(Interrupted) {
    guard let ready = facts.ready else { return }
    since = ready.since
    because = ready.isTurnOver ? try endOfTurn() : ready.because
  }

  /// What ended the last turn of the task, as seen at that moment.
  private func endOfTurn() throws(Interrupted) -> String {
    guard let choice = try past.choice(afterLastRunOf: task.tid), choice.loss?.task == task.tid
    else { return "its turn was over" }
    switch choice.loss?.end {
    case .expired: return "its slice ended"
    case .yielded: return "it gave up the CPU"
    case .preempted:
      let winner = choice.task.map { "task \($0)\(TaskWords.inParentheses($0, scheduler))" }
      return "\(winner ?? "another task") took the CPU from it"
    case .blocked, .stopped, .ended, nil: return "its turn was over"
    }
  }

  /// Which tasks go before it, and by which rule.
  mutating func explainPlace(_ choice: NextChoice) {
    guard choice.task != nil else {
      if scheduler.isUndecided {
        sentences.append(WhyPattern.pick.filled(["task": "\(task.tid)"]))
      } else if let awaited = scheduler.awaitedTask {
        sentences.append(WhyPattern.idles.filled(["policy": policy, "awaited": "\(awaited)"]))
      }
      return
    }
    let place = choice.candidates.firstIndex { $0.task == task.tid } ?? choice.candidates.count
    ahead = choice.candidates.prefix(place).map { Rank($0) }
    if place < choice.candidates.count { own = Rank(choice.candidates[place]) }
    let under = ["policy": policy, "rule": rule, "count": "\(ahead.count)"]
    guard !ahead.isEmpty else {
      sentences.append(WhyPattern.next.filled(under))
      if own.sortKey != nil {
        let second = choice.candidates.dropFirst().first.map { Rank($0).words }
        let after = second.map { WhyPattern.after.filled(["own": own.words, "second": $0]) }
        sentences.append(after ?? own.words)
      }
      return
    }
    if let first = choice.task, let ticksLeft = choice.ticksLeft {
      sentences.append(slice(of: first, ticksLeft))
    }
    sentences.append((ahead.count == 1 ? WhyPattern.oneBefore : .moreBefore).filled(under))
    let isRanked = ahead.contains { $0.sortKey != nil }
    sentences.append(
      (isRanked ? WhyPattern.beforeRanked : .before).filled([
        "own": own.words, "list": Self.listed(ahead),
      ])
    )
  }

  private func turns(of others: [Turns]) -> String {
    var parts = others.prefix(Self.shown).enumerated().map { index, other in
      (index == 0 ? WhyPattern.ranMost : .ranToo).filled([
        "task": "\(other.tid)", "ticks": counted(other.ticks, "tick"), "count": "\(other.ticks)",
      ])
    }
    let rest = others.dropFirst(Self.shown)
    if !rest.isEmpty {
      let sum = rest.reduce(0) { $0 + $1.ticks }
      parts.append(WhyPattern.ranMore.filled(["count": "\(rest.count)", "sum": "\(sum)"]))
    }
    return WhyPattern.instead.filled(["list": parts.joined(separator: ", ")])
  }
}
