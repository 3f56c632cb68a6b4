import CorosHistory
import CorosKernel
import CorosLanguage

// Why a ready task does not run: which tasks run instead, and by which rule.

extension Explanation {
  mutating func explainReady(_ facts: Inquiry.Facts) throws(Interrupted) {
    let wait = task.accounting.wait(now: scheduler.now)
    since = facts.ready?.since
    var cause = ""
    if let ready = facts.ready {
      let because = ready.isTurnOver ? try endOfTurn() : ready.because
      cause = " since tick \(ready.since), when \(because)"
    }
    sentences.append(
      "task \(task.tid) is ready\(cause); it has waited \(counted(wait, "tick")) for the CPU in all"
    )
    instead = facts.instead.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { Turns(tid: $0.key, ticks: $0.value) }
    if !instead.isEmpty { sentences.append("since then " + turns(of: instead)) }
    explainPlace(scheduler.nextChoice)
  }

  /// What ended the last turn of the task, as seen at that moment.
  private func endOfTurn() throws(Interrupted) -> String {
    guard let moment = machine.moment(ofLastRunOf: task.tid),
      let loss = try lookBack(to: moment + 1)?.nextChoice
    else { return "its turn was over" }
    guard loss.loss?.task == task.tid else { return "its turn was over" }
    switch loss.loss?.end {
    case .expired: return "its slice ended"
    case .yielded: return "it gave up the CPU"
    case .preempted:
      let winner = loss.task.map { "task \($0)\(TaskWords.inParentheses($0, scheduler))" }
      return "\(winner ?? "another task") took the CPU from it"
    case .blocked, .stopped, .ended, nil: return "its turn was over"
    }
  }

  /// Which tasks go before it, and by which rule.
  mutating func explainPlace(_ choice: NextChoice) {
    guard choice.task != nil else {
      if scheduler.isUndecided {
        sentences.append("no task runs until you pick one: `pick \(task.tid)` picks this one")
      } else if let awaited = scheduler.awaitedTask {
        sentences.append("under `\(policy)` the CPU idles until task \(awaited) can go on")
      }
      return
    }
    let place = choice.candidates.firstIndex { $0.task == task.tid } ?? choice.candidates.count
    ahead = choice.candidates.prefix(place).map { Rank($0) }
    if place < choice.candidates.count { own = Rank(choice.candidates[place]) }
    guard !ahead.isEmpty else {
      sentences.append("it runs next: under `\(policy)` \(rule)")
      if own.sortKey != nil {
        let second = choice.candidates.dropFirst().first.map { Rank($0).words }
        sentences.append(own.words + (second.map { "; after it \($0)" } ?? ""))
      }
      return
    }
    if let first = choice.task, let ticksLeft = choice.ticksLeft {
      sentences.append(slice(of: first, ticksLeft))
    }
    let who = ahead.count == 1 ? "1 task goes before it" : "\(ahead.count) tasks go before it"
    sentences.append("\(who): under `\(policy)` \(rule)")
    sentences.append(
      ahead.contains { $0.sortKey != nil }
        ? "\(own.words); before it \(Self.listed(ahead))" : "before it: \(Self.listed(ahead))"
    )
  }

  private func turns(of others: [Turns]) -> String {
    var parts = others.prefix(Self.shown).enumerated().map { index, other in
      "task \(other.tid)"
        + (index == 0 ? " has run for \(counted(other.ticks, "tick"))" : " for \(other.ticks)")
    }
    let rest = others.dropFirst(Self.shown)
    if !rest.isEmpty {
      parts.append("\(rest.count) more for \(rest.reduce(0) { $0 + $1.ticks })")
    }
    return parts.joined(separator: ", ")
  }
}
