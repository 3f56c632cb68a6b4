import CorosKernel

/// Why a task runs or does not, from what the machine is and what has happened on it.
///
/// What only events can tell comes from the history: the stretch that matters is brought about once more.
struct Explanation {
  let task: TaskInfo
  private(set) var sentences: [String] = []
  /// What else programs may want to know; each is nil where it says nothing.
  private(set) var since: Tick?
  private(set) var own: Rank
  private(set) var ahead: [Rank] = []
  private(set) var instead: [(tid: TaskID, ticks: Int)] = []
  private(set) var chain: [TaskInfo] = []
  private(set) var circle: [TaskID] = []
  private(set) var deed: Inquiry.Facts.Deed?
  private(set) var lastCall: Inquiry.Facts.Call?

  let shell: Shell
  var scheduler: Scheduler { shell.scheduler }

  /// A task, and what the policy's rule goes by in it.
  struct Rank {
    let tid: TaskID
    let merit: String?

    init(_ tid: TaskID, _ scheduler: Scheduler) {
      self.tid = tid
      merit = scheduler.merit(of: tid)
    }

    var words: String { "task \(tid)" + (merit.map { ": \($0)" } ?? "") }

    var json: JSON { ["tid": .int(tid.rawValue), "merit": .string(merit)] }
  }

  /// Of so many tasks the particulars are told; of the others, how many they are.
  static let shown = 5

  /// Explains a task.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - shell: Whose machine it is on.
  ///   - tellsChoice: Whether to say also why it, and not another, had the CPU when it ran last.
  /// - Throws: When somebody interrupts the looking back.
  init(of task: TaskInfo, in shell: Shell, tellsChoice: Bool) throws(CommandFailure) {
    self.task = task
    self.shell = shell
    own = Rank(task.tid, shell.scheduler)
    chain = Self.chain(from: task, shell.scheduler)
    let inquiry = try shell.inquire(about: chain.prefix(Self.shown) + chain.suffix(1))
    let facts = inquiry.facts[task.tid] ?? Inquiry.Facts()
    lastCall = facts.lastCall
    if tellsChoice || task.state == .running { sentences += try choice(facts) }
    switch task.state {
    case .ready: explainReady(facts)
    case .exited(let status): explainEnd(status, facts)
    case .running:
      sentences.append(Self.slice(of: task.tid, shell.scheduler.sliceHolder?.ticksLeft ?? 1))
    case .new, .waiting, .sleeping, .stopped: explainWaiting(inquiry)
    }
  }

  // MARK: Ready

  private mutating func explainReady(_ facts: Inquiry.Facts) {
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
  private mutating func explainPlace() {
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

  private func turns(of others: [(tid: TaskID, ticks: Int)]) -> String {
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

  // MARK: Running

  /// Why it, and not another, had the CPU when it ran last.
  private func choice(_ facts: Inquiry.Facts) throws(CommandFailure) -> [String] {
    let machine = shell.machine
    guard let moment = machine.moment(ofLastRunOf: task.tid),
      let before = try shell.lookBack(to: moment)
    else { return ["task \(task.tid) has not run yet"] }
    var sentences: [String] = []
    let tick = facts.lastRun ?? machine.tick(atMoment: moment + 1) - 1
    if let call = facts.lastCall, call.tick == tick {
      let what = EventWords.sentence(call.summary, call.outcome)
      sentences.append("task \(task.tid) had the CPU in tick \(call.tick): it \(what)")
    } else {
      let what = TaskWords.status(of: task) == nil ? "" : ": it ran to its end"
      sentences.append("task \(task.tid) had the CPU in tick \(tick)\(what)")
    }
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

  // MARK: Ended

  private mutating func explainEnd(_ status: ExitStatus, _ facts: Inquiry.Facts) {
    let end = task.accounting.end ?? scheduler.now
    let subject = "task \(task.tid)"
    switch status {
    case .exited(let code):
      let how =
        facts.lastCall?.summary.name == "Exit"
        ? "by its call \(facts.lastCall?.summary.description ?? "")" : "its code came to its end"
      sentences.append("\(subject) has ended at tick \(end) with code \(code): \(how)")
    case .failed(let message):
      sentences.append(
        "\(subject) failed at tick \(end), with an error that it did not catch: \(message)"
      )
    case .killed:
      guard let killed = facts.killed else {
        sentences.append("\(subject) has ended at tick \(end): killed")
        break
      }
      deed = killed
      let victim = killed.by == task.tid ? "itself" : EventWords.who(killed.by) + name(killed.by)
      sentences.append("\(subject) was killed at tick \(killed.tick) by \(victim)\(doing(facts))")
    }
    if let refusals = facts.refusals {
      sentences.append("it refused to end \(refusals) times, and was cut off where it stood")
    }
    if task.accounting.dispatches == 0 {
      sentences.append("it never ran")
    } else if let call = facts.lastCall, call.summary.name != "Exit" {
      sentences.append("its last call, in tick \(call.tick): \(Self.words(call))")
    }
  }

  private func name(_ tid: TaskID) -> String { tid == .operator ? "" : shell.inParentheses(tid) }

  /// What a victim was doing.
  private func doing(_ facts: Inquiry.Facts) -> String {
    if let reason = facts.waiting {
      return ", while it waited for \(EventWords.waiting(for: reason, until: nil))"
    }
    return facts.ready == nil ? "" : ", while it was ready"
  }

  static func words(_ call: Inquiry.Facts.Call) -> String {
    switch call.outcome {
    case .replied(let reply)? where !reply.isEmpty: "\(call.summary), answered \(reply)"
    case .refused(let error)?: "\(call.summary), refused: \(error)"
    default: call.summary.description
    }
  }

  // MARK: Waiting

  private mutating func explainWaiting(_ inquiry: Inquiry) {
    since = task.waitingSince ?? inquiry.facts[task.tid]?.stopped?.tick
    circle = Self.circle(in: chain, scheduler)
    let (links, last) = (chain.prefix(Self.shown), chain.dropFirst(Self.shown).last)
    for link in links { sentences.append(sentence(on: link, inquiry)) }
    if let last {
      let passed = chain.count - links.count - 1
      let through = passed > 0 ? ", through \(counted(passed, "more task"))" : ""
      sentences.append("and so on\(through), to the last: \(sentence(on: last, inquiry))")
    }
    if let first = circle.first {
      let ring =
        circle.count > 2 * Self.shown
        ? "" : ", \((circle + [first]).map(\.description).joined(separator: " → "))"
      sentences.append("so they wait for one another in a circle\(ring): `kill \(first)` breaks it")
    } else if let end = chain.last {
      sentences += prospects(of: end, inquiry)
    }
  }

  /// The task, whom it waits for, whom that waits for, and so on; each once.
  private static func chain(from task: TaskInfo, _ scheduler: Scheduler) -> [TaskInfo] {
    var chain = [task]
    var seen: Swift.Set<TaskID> = [task.tid]
    while let current = chain.last, case .task(let next)? = TaskWords.reason(of: current),
      let info = scheduler.info(next), seen.insert(next).inserted
    {
      chain.append(info)
    }
    return chain
  }

  /// Those of a chain who wait for one another, if its last one waits for one of it.
  private static func circle(in chain: [TaskInfo], _ scheduler: Scheduler) -> [TaskID] {
    guard let last = chain.last, case .task(let next)? = TaskWords.reason(of: last),
      let start = chain.firstIndex(where: { $0.tid == next })
    else { return [] }
    return chain[start...].map(\.tid)
  }

  private func sentence(on task: TaskInfo, _ inquiry: Inquiry) -> String {
    let since = task.waitingSince.map { ", since tick \($0)" } ?? ""
    let subject = "task \(task.tid)"
    switch task.state {
    case .new(let arrival):
      let left = counted(max(0, arrival - scheduler.now), "tick")
      return "\(subject) has not arrived: it comes at tick \(arrival), in \(left)"
    case .ready:
      let place = (scheduler.readyQueue.firstIndex(of: task.tid) ?? 0) + 1
      return "\(subject) is ready, number \(place) in the queue"
    case .running:
      return Self.slice(of: task.tid, scheduler.sliceHolder?.ticksLeft ?? 1)
    case .waiting(.channel(let channel)):
      let call = inquiry.facts[task.tid]?.lastCall.map { ", by its call \($0.summary)" } ?? ""
      let until = task.deadline.map { ", at most until tick \($0)" } ?? ""
      return "\(subject) waits for a signal on \(excerpt(of: channel.name))\(until)\(since)\(call)"
    case .waiting(let reason):
      return "\(subject) waits for \(EventWords.waiting(for: reason, until: task.deadline))\(since)"
    case .sleeping(let deadline):
      let left = counted(max(0, deadline - scheduler.now), "tick")
      return "\(subject) sleeps until tick \(deadline)\(since): \(left) from now"
    case .stopped(let reason):
      let by = inquiry.facts[task.tid]?.stopped.map {
        " by \(EventWords.who($0.by))\(name($0.by)) since tick \($0.tick)"
      }
      let also =
        reason.map { ", and waits for \(EventWords.waiting(for: $0, until: task.deadline))" } ?? ""
      return "\(subject) is stopped\(by ?? "")\(also); `resume \(task.tid)` lets it go on"
    case .exited(let status):
      let end = task.accounting.end.map { " at tick \($0)" } ?? ""
      return "\(subject) has ended\(end): \(status)"
    }
  }

  /// Who could set the last of a chain free, and why they have not.
  private func prospects(of task: TaskInfo, _ inquiry: Inquiry) -> [String] {
    var sentences: [String] = []
    switch TaskWords.reason(of: task) {
    case .anyChild?:
      let children = scheduler.tasks().filter { $0.parent == task.tid }
      for child in children.prefix(Self.shown) {
        sentences.append("of its children " + sentence(on: child, inquiry))
      }
      if children.count > Self.shown {
        sentences.append(
          "and \(counted(children.count - Self.shown, "more child", plural: "more children"))"
        )
      }
    case .channel(let channel)?:
      let queue = scheduler.waitQueues.first { $0.reason == .channel(channel) }?.tasks ?? []
      let first = queue.prefix { $0 != task.tid }
      if !first.isEmpty {
        sentences.append("a signal goes first to " + shell.listed(Array(first)) { "task \($0)" })
      }
      sentences.append(
        inquiry.signals[channel.name].map {
          "the last to give one was task \($0.by)\(name($0.by)), in tick \($0.tick)"
        } ?? "nobody has given one so far that woke somebody"
      )
    default: return []
    }
    if !canGoOn {
      sentences.append("nobody will: no task is ready, and none becomes ready with time")
    }
    return sentences
  }

  /// Whether anything happens any more without the operator.
  private var canGoOn: Bool {
    scheduler.sliceHolder != nil || !scheduler.readyQueue.isEmpty || scheduler.nextDeadline != nil
      || scheduler.tasks().contains { TaskWords.reason(of: $0) == .outside }
  }

  // MARK: Words

  var policy: String { scheduler.policyDescription }
  var rule: String { scheduler.policyRule }

  /// Some tasks with what the rule goes by, and how many more.
  private static func listed(_ ranks: [Rank]) -> String {
    let hasMerits = ranks.contains { $0.merit != nil }
    let words = ranks.prefix(shown).map { hasMerits ? $0.words : "\($0.tid)" }
    guard ranks.count > shown else { return words.joined(separator: hasMerits ? "; " : ", ") }
    return hasMerits
      ? words.joined(separator: "; ") + "; and so on"
      : words.joined(separator: ", ") + " and \(ranks.count - shown) more"
  }

  private static func slice(of tid: TaskID, _ ticksLeft: Tick) -> String {
    let how =
      ticksLeft == .max ? "until it gives it up" : "for \(counted(ticksLeft, "more tick"))"
    return "task \(tid) has the CPU, \(how)"
  }
}
