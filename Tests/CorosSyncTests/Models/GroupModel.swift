import CorosKernel

/// What should come of groups and cancel scopes: a small kernel of its own, of lists and numbers.
///
/// It is told which call a task makes, and what the operator does; from that it works out every event, the choice of the
/// next task among them.
struct GroupModel {
  /// Who runs next among those that are ready.
  enum Rule: Hashable, Sendable {
    /// Each in turn, for so many ticks.
    case turns(Tick)
    /// The highest priority.
    case priority
  }

  struct Cause: Equatable {
    let by: TaskID
    let reason: String

    var words: String {
      if by == .operator || reason.hasPrefix("task \(by) ") { return "cancelled: \(reason)" }
      return "cancelled by task \(by): \(reason)"
    }
  }

  struct Scope {
    let number: Int
    let isShield: Bool
    var timer: Timer?
    var cause: Cause?
  }

  struct Timer: Equatable {
    let deadline: Tick
    /// As which of all timers it was set.
    let order: Int
  }

  enum Wait: Equatable {
    case time
    case next(Int)
    case close(Int)
  }

  struct Member {
    var scopes = [Scope(number: 0, isShield: false)]
    var lastScope = 0
    var wait: Wait?
    var timer: Timer?
    var isStopped = false
    /// Killed by its own call.
    var isDoomed = false
    /// The groups that it has made, the oldest first.
    var groups: [Int] = []
    /// The group to which it belongs.
    var home: Int?
    var priority = 0
    /// Its place among those of its priority.
    var arrival = 0
    /// The cancellation that its last call failed with.
    var lastCause: Cause?

    /// The outermost cancellation that reaches it.
    var pending: Cause? {
      let inside = scopes.lastIndex { $0.isShield } ?? 0
      return scopes[inside...].first { $0.cause != nil }?.cause
    }
  }

  struct Family {
    let owner: TaskID
    let scope: Int
    let isAny: Bool
    var children: [(task: TaskID, isServant: Bool)] = []
    var isClosing = false
    var reason: String?
    var hasWinner = false
    var failures: [String] = []
    var ended: [String] = []

    var workers: Int { children.count { !$0.isServant } }

    var summary: String {
      let tasks = children.count == 1 ? "1 task" : "\(children.count) tasks"
      return "\(tasks) of task \(owner)" + (reason == nil ? "" : ", cancelled")
    }
  }

  var rule: Rule
  var now: Tick = 0
  var members: [TaskID: Member] = [:]
  var families: [Int: Family] = [:]
  /// The group that a task has made last.
  var opened: [TaskID: Int] = [:]
  var lastTask = 0
  var lastFamily = 0
  /// What must have happened, as text.
  var events: [String] = []
  /// Whether what was foreseen may be otherwise: a wait ended that its call may go on with.
  var isUncertain = false

  private var timers = 0
  private var arrivals = 0
  private var ready: [TaskID] = []
  var holder: TaskID?
  private var ticksLeft: Tick = 0
  // How wakes within wakes, and ends within ends, are put off.
  private var isWaking = false
  private var woken: [(task: TaskID, wait: Wait, wakeup: Wakeup)] = []
  private var isEnding = false
  private var victims: [(task: TaskID, killer: TaskID)] = []

  enum Wakeup {
    case time
    case signal
    case cancel(Cause)
  }

  init(_ rule: Rule) { self.rule = rule }

  mutating func say(_ task: TaskID, _ text: String) { events.append("\(now) #\(task) \(text)") }

  // MARK: Time and choice

  mutating func setTimer(after ticks: Tick) -> Timer {
    timers += 1
    return Timer(deadline: now + 1 + ticks, order: timers)
  }

  private var nextTimer: (task: TaskID, timer: Timer)? {
    members.flatMap { task, member in
      ([member.timer] + member.scopes.map(\.timer)).compactMap { $0 }.map { (task, $0) }
    }
    .min { ($0.1.deadline, $0.1.order) < ($1.1.deadline, $1.1.order) }
  }

  /// Begins a step; the task that runs in it, nil when none can.
  mutating func beginStep() -> TaskID? {
    while true {
      while let (task, timer) = nextTimer, timer.deadline <= now { expire(timer, of: task) }
      preempt()
      if holder == nil, let first = choice {
        ready.removeAll { $0 == first }
        holder = first
        if case .turns(let quantum) = rule { ticksLeft = quantum } else { ticksLeft = .max }
      }
      if let holder {
        say(holder, "runs")
        return holder
      }
      guard let (_, timer) = nextTimer else { return nil }
      now = timer.deadline
    }
  }

  private mutating func expire(_ timer: Timer, of task: TaskID) {
    if members[task]?.timer == timer { return wake(task, .time) }
    guard let index = members[task]?.scopes.firstIndex(where: { $0.timer == timer }) else { return }
    members[task]?.scopes[index].timer = nil
    let number = members[task]?.scopes[index].number ?? 0
    if case .close? = members[task]?.wait { isUncertain = true }
    cancel(task, scope: number, Cause(by: .operator, reason: "its time is up"))
  }

  private var choice: TaskID? {
    rule == .priority
      ? ready.min { left, right in
        let (one, other) = (members[left], members[right])
        return (-(one?.priority ?? 0), one?.arrival ?? 0)
          < (-(other?.priority ?? 0), other?.arrival ?? 0)
      } : ready.first
  }

  private mutating func preempt() {
    guard rule == .priority, let running = holder, let first = choice,
      members[first]?.priority ?? 0 > members[running]?.priority ?? 0
    else { return }
    holder = nil
    ready.append(running)
  }

  mutating func enqueue(_ task: TaskID) {
    arrivals += 1
    members[task]?.arrival = arrivals
    ready.append(task)
  }

  /// Lets a task go on whose call was answered.
  mutating func goOn(_ task: TaskID, keepsTurn: Bool) {
    if holder == task {
      if keepsTurn, ticksLeft > 1, members[task]?.isStopped == false {
        ticksLeft -= 1
        return
      }
      holder = nil
    }
    if members[task]?.isStopped == false { enqueue(task) }
  }

  private mutating func leaveQueue(_ task: TaskID) {
    if holder == task { holder = nil }
    ready.removeAll { $0 == task }
  }

  // MARK: Waits

  mutating func block(_ task: TaskID, _ wait: Wait, until timer: Timer?) {
    let name =
      switch wait {
      case .time: "time"
      case .next(let family), .close(let family): "group \(family)"
      }
    say(task, "waits for \(name) until \(timer.map { "\($0.deadline)" } ?? "-")")
    if holder == task { holder = nil }
    members[task]?.wait = wait
    members[task]?.timer = timer
  }

  mutating func wake(_ task: TaskID, _ wakeup: Wakeup) {
    guard let wait = members[task]?.wait else { return }
    members[task]?.wait = nil
    members[task]?.timer = nil
    let why =
      switch wakeup {
      case .time: "its time came"
      case .signal: "signalled"
      case .cancel(let cause): cause.words
      }
    say(task, "wakes: \(why)")
    woken.append((task, wait, wakeup))
    if isWaking { return }
    isWaking = true
    while !woken.isEmpty {
      let (task, wait, wakeup) = woken.removeFirst()
      resume(task, wait, wakeup)
    }
    isWaking = false
  }

  private mutating func resume(_ task: TaskID, _ wait: Wait, _ wakeup: Wakeup) {
    switch (wait, wakeup) {
    case (.close(let family), .cancel(let cause)):
      cancelFamily(family, cause.reason, by: task)
      waitOrClose(family, task, keepsTurn: false)
    case (.close(let family), _): waitOrClose(family, task, keepsTurn: false)
    case (_, .cancel(let cause)): refuse(task, cause, keepsTurn: false)
    case (.time, _): answer(task, "", keepsTurn: false)
    case (.next, .time): fail(task, "timed out", keepsTurn: false)
    case (.next(let family), _):
      let next = families[family]?.ended.first
      if next != nil { families[family]?.ended.removeFirst() }
      answer(task, next ?? "none", keepsTurn: false)
    }
  }

  // MARK: Answers

  mutating func answer(_ task: TaskID, _ reply: String, keepsTurn: Bool) {
    if members[task]?.isDoomed == true { return end(task, "killed") }
    say(task, "gets \(reply)")
    if task != .operator { goOn(task, keepsTurn: keepsTurn) }
  }

  mutating func fail(_ task: TaskID, _ error: String, keepsTurn: Bool) {
    if members[task]?.isDoomed == true { return end(task, "killed") }
    say(task, "fails: \(error)")
    goOn(task, keepsTurn: keepsTurn)
  }

  mutating func refuse(_ task: TaskID, _ cause: Cause, keepsTurn: Bool) {
    members[task]?.lastCause = cause
    fail(task, cause.words, keepsTurn: keepsTurn)
  }

  // MARK: Cancelling and ending

  @discardableResult
  mutating func cancel(_ task: TaskID, scope number: Int = 0, _ cause: Cause) -> Bool {
    guard let member = members[task], !member.isDoomed,
      let index = member.scopes.firstIndex(where: { $0.number == number }),
      member.scopes[index].cause == nil
    else { return false }
    members[task]?.scopes[index].cause = cause
    say(task, "is cancelled by \(cause.by): \(cause.reason)")
    if member.wait != nil, let pending = members[task]?.pending { wake(task, .cancel(pending)) }
    return true
  }

  mutating func kill(_ task: TaskID, by killer: TaskID, running: TaskID?) -> Bool {
    guard let member = members[task], !member.isDoomed else { return false }
    say(task, "is killed by \(killer)")
    if task == running {
      members[task]?.isDoomed = true
      return true
    }
    members[task]?.wait = nil
    members[task]?.timer = nil
    leaveQueue(task)
    end(task, "killed", running: running)
    return true
  }

  /// Ends a task, and then those that it takes with it, and those that they do.
  mutating func end(_ task: TaskID, _ status: String, running: TaskID? = nil) {
    if isEnding { return remove(task, status) }
    isEnding = true
    remove(task, status)
    while !victims.isEmpty {
      let (victim, killer) = victims.removeFirst()
      _ = kill(victim, by: killer, running: running)
    }
    isEnding = false
  }

  private mutating func remove(_ task: TaskID, _ status: String) {
    leaveQueue(task)
    say(task, "ends: \(status)")
    guard let member = members.removeValue(forKey: task) else { return }
    for family in member.groups.reversed() where families[family] != nil {
      families[family]?.isClosing = true
      let children = families[family]?.children ?? []
      if children.isEmpty { families[family] = nil }
      victims += children.reversed().map { ($0.task, task) }
    }
    if let home = member.home { hear(of: task, status, in: home) }
  }

  private mutating func hear(of task: TaskID, _ status: String, in number: Int) {
    guard let family = families[number],
      let index = family.children.firstIndex(where: { $0.task == task })
    else { return }
    let (_, isServant) = family.children[index]
    families[number]?.children.remove(at: index)
    if !isServant { families[number]?.ended.append("task \(task): \(status)") }
    if status == "exited 0" {
      if family.isAny, !isServant, !family.hasWinner {
        families[number]?.hasWinner = true
        cancelFamily(number, "task \(task) was first", by: task)
      }
    } else if !status.hasPrefix("cancelled") {
      families[number]?.failures.append("task \(task): \(status)")
      let words = status == "killed" ? "was killed" : status
      if !family.isAny { cancelFamily(number, "task \(task) of the group \(words)", by: task) }
    }
    review(number, by: task)
  }

  // MARK: What the operator does

  mutating func stop(_ task: TaskID) -> Bool {
    guard let member = members[task] else { return false }
    if member.isStopped { return true }
    say(task, "is stopped by 0")
    leaveQueue(task)
    members[task]?.isStopped = true
    return true
  }

  mutating func resume(_ task: TaskID) -> Bool {
    guard let member = members[task] else { return false }
    if !member.isStopped { return true }
    members[task]?.isStopped = false
    say(task, "continues by 0")
    if member.wait == nil { enqueue(task) }
    return true
  }
}
