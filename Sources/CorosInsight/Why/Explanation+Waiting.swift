import CorosKernel
import CorosLanguage

// A task that waits: for what, and who could release it.

extension Explanation {
  mutating func explainWaiting(_ inquiry: Inquiry) {
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
      sentences.append("so they wait for each other in a circle\(ring): `kill \(first)` breaks it")
    } else if let end = chain.last {
      sentences += prospects(of: end, inquiry)
    }
  }

  /// The task, the task it waits for, the one that task waits for, and so on; each once.
  static func chain(from task: TaskInfo, _ scheduler: Scheduler) -> [TaskInfo] {
    var chain = [task]
    var seen: Swift.Set<TaskID> = [task.tid]
    while let current = chain.last, let next = scheduler.obstacles(of: current.tid).first,
      let info = scheduler.info(next), seen.insert(next).inserted
    {
      chain.append(info)
    }
    return chain
  }

  /// The tasks of a chain that wait for each other, if the last one waits for a task of the chain.
  static func circle(in chain: [TaskInfo], _ scheduler: Scheduler) -> [TaskID] {
    guard let last = chain.last, let next = scheduler.obstacles(of: last.tid).first,
      let start = chain.firstIndex(where: { $0.tid == next })
    else { return [] }
    return chain[start...].map(\.tid)
  }

  func sentence(on task: TaskInfo, _ inquiry: Inquiry) -> String {
    let since = task.waitingSince.map { ", since tick \($0)" } ?? ""
    let subject = "task \(task.tid)"
    switch task.state {
    case .new(let arrival):
      let left = arrival - scheduler.now
      return left <= 0
        ? "\(subject) arrives now"
        : "\(subject) arrives at tick \(arrival), in \(counted(left, "tick"))"
    case .ready:
      let place = (scheduler.readyQueue.firstIndex(of: task.tid) ?? 0) + 1
      return "\(subject) is ready, number \(place) in the queue"
    case .running:
      return slice(of: task.tid, scheduler.sliceHolder?.ticksLeft ?? 1)
    case .waiting where condition(of: task.tid) != nil:
      let until = task.deadline.map { ", at most until tick \($0)" } ?? ""
      let condition = condition(of: task.tid) ?? ""
      return "\(subject) waits\(line(of: task.tid)) until \(condition)\(until)\(since)"
    case .waiting(.channel(let channel)):
      let call = inquiry.facts[task.tid]?.lastCall.map { ", by its call \($0.summary)" } ?? ""
      let until = task.deadline.map { ", at most until tick \($0)" } ?? ""
      return "\(subject) waits for a signal on \(excerpt(of: channel.name))\(until)\(since)\(call)"
    case .waiting(.object(let place)):
      let until = task.deadline.map { ", at most until tick \($0)" } ?? ""
      return "\(subject) waits\(line(of: task.tid)) for \(words(for: place))\(until)\(since)"
        + holders(of: place, for: task.tid)
    case .waiting(let reason):
      let what = EventWords.waiting(for: reason, until: task.deadline)
      return "\(subject) waits\(line(of: task.tid)) for \(what)\(since)"
    case .sleeping(let deadline):
      let left = deadline - scheduler.now
      return left <= 0
        ? "\(subject) wakes now, after its sleep\(since)"
        : "\(subject) sleeps until tick \(deadline)\(since): \(counted(left, "tick")) from now"
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

  /// An object, and what it is.
  func words(for place: ObjectPlace) -> String {
    let kind = scheduler.object(place.object)?.kind
    return "the " + (kind.map { "\($0) " } ?? "") + excerpt(of: place.name)
  }

  /// Which tasks hold an object, since when, and where the first of them gives it back.
  private func holders(of place: ObjectPlace, for waiter: TaskID) -> String {
    let holders = scheduler.object(place.object)?.holders ?? []
    guard let first = holders.first else { return "" }
    let others = holders.count > 1 ? " and \(counted(holders.count - 1, "other task"))" : ""
    return
      ", which task \(first.task)\(name(first.task))\(others) has held since tick \(first.since)"
      + givingBack(by: first.task, to: waiter)
  }

  /// Who could release the last task of a chain, and why that has not happened.
  func prospects(of task: TaskInfo, _ inquiry: Inquiry) -> [String] {
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
        sentences.append(
          "a signal goes first to " + TaskWords.listed(Array(first)) { "task \($0)" }
        )
      }
      sentences.append(
        inquiry.signals[channel.name].map {
          "the last to give one was task \($0.by)\(name($0.by)), in tick \($0.tick)"
        } ?? "no signal has woken a task so far"
      )
    case .object(let place)?:
      guard let object = scheduler.object(place.object) else { return [] }
      if !object.summary.isEmpty { sentences.append("\(words(for: place)): \(object.summary)") }
      sentences += self.reliefs(of: task.tid)
      let first = object.waiters.map(\.task).prefix { $0 != task.tid }
      if !first.isEmpty {
        sentences.append("before it comes " + TaskWords.listed(Array(first)) { "task \($0)" })
      }
      if let last = inquiry.notifications[place.object] {
        let deed = last.deed
        sentences.append(
          "the last to notify it was task \(deed.by)\(name(deed.by)), in tick \(deed.tick)"
            + (last.woken == 0 ? ", and found no task waiting: a wake-up may be lost" : "")
        )
      }
    case .anyOf(let places)?:
      for place in places.prefix(Self.shown) {
        guard let object = scheduler.object(place.object), !object.summary.isEmpty else { continue }
        sentences.append("\(words(for: place)): \(object.summary)")
      }
      sentences += self.reliefs(of: task.tid)
    default: return []
    }
    if !canGoOn {
      sentences.append("nothing will change: no task is ready, and no timer is running")
    }
    return sentences
  }

  /// Whether anything can still happen without the operator.
  var canGoOn: Bool {
    scheduler.sliceHolder != nil || !scheduler.readyQueue.isEmpty || scheduler.nextDeadline != nil
      || scheduler.waitsForWorld
      || scheduler.tasks().contains { TaskWords.reason(of: $0) == .outside }
  }
}
