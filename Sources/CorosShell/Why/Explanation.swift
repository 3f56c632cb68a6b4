import CorosKernel

/// Why a task runs or does not, from what the machine is and what has happened on it.
///
/// What only events can tell comes from the history: the stretch that matters is brought about once more.
struct Explanation {
  let task: TaskInfo
  var sentences: [String] = []
  /// What else programs may want to know; each is nil where it says nothing.
  var since: Tick?
  var own: Rank
  var ahead: [Rank] = []
  var instead: [(tid: TaskID, ticks: Int)] = []
  var chain: [TaskInfo] = []
  var circle: [TaskID] = []
  var deed: Inquiry.Facts.Deed?
  var lastCall: Inquiry.Facts.Call?

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

  // MARK: Words

  var policy: String { scheduler.policyDescription }
  var rule: String { scheduler.policyRule }

  /// Some tasks with what the rule goes by, and how many more.
  static func listed(_ ranks: [Rank]) -> String {
    let hasMerits = ranks.contains { $0.merit != nil }
    let words = ranks.prefix(shown).map { hasMerits ? $0.words : "\($0.tid)" }
    guard ranks.count > shown else { return words.joined(separator: hasMerits ? "; " : ", ") }
    return hasMerits
      ? words.joined(separator: "; ") + "; and so on"
      : words.joined(separator: ", ") + " and \(ranks.count - shown) more"
  }

  static func slice(of tid: TaskID, _ ticksLeft: Tick) -> String {
    let how =
      ticksLeft == .max ? "until it gives it up" : "for \(counted(ticksLeft, "more tick"))"
    return "task \(tid) has the CPU, \(how)"
  }
}
