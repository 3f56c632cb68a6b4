import CorosKernel

/// Why a task runs or does not: what it is doing, and, if it is ready, by which rule others go first.
struct Explanation {
  /// A task, and what the policy's rule goes by in it.
  private struct Rank {
    let tid: TaskID
    let merit: String?

    init(_ tid: TaskID, _ scheduler: Scheduler) {
      self.tid = tid
      merit = scheduler.merit(of: tid)
    }

    var words: String { "task \(tid)" + (merit.map { ": \($0)" } ?? "") }

    var json: JSON { ["tid": .int(tid.rawValue), "merit": .string(merit)] }
  }

  private let task: TaskInfo
  private let policy: String
  private let rule: String
  private let own: Rank
  /// Those that go before it: whoever keeps the CPU, and the ready ones ahead of it.
  private let ahead: [Rank]
  private let sentences: [String]

  /// Of so many that go first the rank is told; of the others, how many they are.
  private static let shown = 5

  init(of task: TaskInfo, _ scheduler: Scheduler) {
    self.task = task
    policy = scheduler.policyDescription
    rule = scheduler.policyRule
    own = Rank(task.tid, scheduler)
    guard case .ready = task.state else {
      ahead = []
      sentences = Self.chain(from: task, scheduler)
      return
    }
    let holder = scheduler.sliceHolder
    let first = scheduler.readyQueue.prefix { $0 != task.tid }
    ahead = ((holder.map { [$0.tid] } ?? []) + first).map { Rank($0, scheduler) }
    let wait = task.accounting.wait(now: scheduler.now)
    var sentences = [
      "task \(task.tid) is ready, and has waited \(counted(wait, "tick")) for the CPU in all"
    ]
    if scheduler.isUndecided {
      sentences.append("nobody runs until you pick: `pick \(task.tid)` picks it")
    } else if let awaited = scheduler.awaitedTask {
      sentences.append("under `\(policy)` the CPU idles until task \(awaited) can go on")
    } else if ahead.isEmpty {
      sentences.append("it runs next: under `\(policy)` \(rule)")
      if own.merit != nil {
        let second = scheduler.readyQueue.dropFirst().first.map { Rank($0, scheduler).words }
        sentences.append(own.words + (second.map { "; after it \($0)" } ?? ""))
      }
    } else {
      if let holder { sentences.append(Self.slice(of: holder.tid, holder.ticksLeft)) }
      let who =
        ahead.count == 1 ? "1 task goes before it" : "\(ahead.count) tasks go before it"
      sentences.append("\(who): under `\(policy)` \(rule)")
      if ahead.contains(where: { $0.merit != nil }) {
        let others = ahead.prefix(Self.shown).map(\.words).joined(separator: "; ")
        let rest = ahead.count > Self.shown ? "; and so on" : ""
        sentences.append("\(own.words); before it \(others)\(rest)")
      } else {
        let others = ahead.prefix(Self.shown).map { "\($0.tid)" }.joined(separator: ", ")
        let rest = ahead.count > Self.shown ? " and \(ahead.count - Self.shown) more" : ""
        sentences.append("before it: \(others)\(rest)")
      }
    }
    self.sentences = sentences
  }

  /// The explanation, a line for each sentence.
  var text: String { sentences.map { $0 + "\n" }.joined() }

  var json: JSON {
    [
      "command": "why",
      "tid": .int(task.tid.rawValue),
      "state": .string(task.state.word),
      "why": .array(sentences.map { .string($0) }),
      "policy": .string(policy),
      "rule": .string(rule),
      "merit": .string(own.merit),
      "ahead": .array(ahead.map(\.json)),
    ]
  }

  // MARK: Those that are not ready

  /// What a task does, and if it waits for another what that does, and so on.
  private static func chain(from task: TaskInfo, _ scheduler: Scheduler) -> [String] {
    var sentences: [String] = []
    var seen: Swift.Set<TaskID> = []
    var current = task
    while true {
      seen.insert(current.tid)
      sentences.append(sentence(on: current, scheduler))
      guard case .task(let next)? = TaskWords.reason(of: current),
        let info = scheduler.info(next)
      else { return sentences }
      if seen.contains(next) {
        sentences.append("so they wait for one another in a circle: `kill \(next)` breaks it")
        return sentences
      }
      if sentences.count == shown {
        sentences.append("and so on")
        return sentences
      }
      current = info
    }
  }

  private static func sentence(on task: TaskInfo, _ scheduler: Scheduler) -> String {
    let since = task.waitingSince.map { ", since tick \($0)" } ?? ""
    let subject = "task \(task.tid)"
    switch task.state {
    case .new(let arrival):
      return "\(subject) has not arrived: it comes at tick \(arrival)"
    case .ready:
      let place = (scheduler.readyQueue.firstIndex(of: task.tid) ?? 0) + 1
      return "\(subject) is ready, number \(place) in the queue"
    case .running:
      return slice(of: task.tid, scheduler.sliceHolder?.ticksLeft ?? 1)
    case .waiting(let reason):
      return "\(subject) waits for \(EventWords.waiting(for: reason, until: task.deadline))\(since)"
    case .sleeping(let deadline):
      let left = counted(max(0, deadline - scheduler.now), "tick")
      return "\(subject) sleeps until tick \(deadline)\(since): \(left) from now"
    case .stopped(let reason):
      let also =
        reason.map { ", and waits for \(EventWords.waiting(for: $0, until: task.deadline))" } ?? ""
      return "\(subject) is stopped\(also); `resume \(task.tid)` lets it go on"
    case .exited(let status):
      let end = task.accounting.end.map { " at tick \($0)" } ?? ""
      return "\(subject) has ended\(end): \(status)"
    }
  }

  private static func slice(of tid: TaskID, _ ticksLeft: Tick) -> String {
    let how =
      ticksLeft == .max ? "until it gives it up" : "for \(counted(ticksLeft, "more tick"))"
    return "task \(tid) has the CPU, \(how)"
  }
}
