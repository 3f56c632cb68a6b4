package import CorosKernel
import CorosLanguage

// Of one that is ready: who runs instead, and by which rule.

extension Explanation {
  mutating func explainReady(_ facts: Inquiry.Facts) {
    let wait = task.accounting.wait(now: scheduler.now)
    since = facts.ready?.since
    let cause = facts.ready.map { " since tick \($0.since), when \($0.because)" } ?? ""
    sentences.append(
      "task \(task.tid) is ready\(cause); it has waited \(counted(wait, "tick")) for the CPU in all"
    )
    instead = facts.instead.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { ($0.key, $0.value) }
    if !instead.isEmpty { sentences.append("since then " + turns(of: instead)) }
    if scheduler.isUndecided {
      sentences.append("nobody runs until you pick: `pick \(task.tid)` picks it")
    } else if let awaited = scheduler.awaitedTask {
      sentences.append("under `\(policy)` the CPU idles until task \(awaited) can go on")
    } else {
      explainPlace()
    }
  }

  /// Who goes before it, and by which rule.
  mutating func explainPlace() {
    let holder = scheduler.sliceHolder
    let first = scheduler.readyQueue.prefix { $0 != task.tid }
    ahead = ((holder.map { [$0.tid] } ?? []) + first).map { Rank($0, scheduler) }
    guard !ahead.isEmpty else {
      sentences.append("it runs next: under `\(policy)` \(rule)")
      if own.merit != nil {
        let second = scheduler.readyQueue.dropFirst().first.map { Rank($0, scheduler).words }
        sentences.append(own.words + (second.map { "; after it \($0)" } ?? ""))
      }
      return
    }
    if let holder { sentences.append(Self.slice(of: holder.tid, holder.ticksLeft)) }
    let who = ahead.count == 1 ? "1 task goes before it" : "\(ahead.count) tasks go before it"
    sentences.append("\(who): under `\(policy)` \(rule)")
    sentences.append(
      ahead.contains { $0.merit != nil }
        ? "\(own.words); before it \(Self.listed(ahead))" : "before it: \(Self.listed(ahead))"
    )
  }

  package func turns(of others: [(tid: TaskID, ticks: Int)]) -> String {
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
