package import CorosHistory
package import CorosKernel
import CorosLanguage

/// Why a task runs or does not run, from the state and the history of its machine.
///
/// The part that only events tell is found by replaying the relevant stretch of the history.
package struct Explanation {
  package let task: TaskInfo
  package var sentences: [String] = []
  /// Details for programs; each is nil if it does not apply.
  package var since: Tick?
  /// Why it became ready, if it is.
  package var because: String?
  package var own: Rank
  package var ahead: [Rank] = []
  package var instead: [Turns] = []
  package var chain: [TaskInfo] = []
  package var circle: [TaskID] = []
  package var deed: Inquiry.Facts.Deed?
  /// How many calls of its own it made before it ended, if it was killed.
  package var resisted: Int?
  package var lastCall: Inquiry.Facts.Call?
  /// The other tasks that could have been chosen in the task's last step, if that step is explained.
  package var beside: [TaskID] = []
  /// The task that was preempted in that step.
  package var preempted: TaskID?
  /// The line of its text at which it stands; nil for tasks without one.
  package var line: Int?
  /// The condition that it waits for, as its text says it.
  package var condition: String?
  /// Which tasks do, further on, what it waits for.
  package var help: [Help] = []

  /// The policy, with its settings.
  package let policy: String
  /// The rule by which the policy chooses.
  package let rule: String

  let scheduler: Scheduler
  let past: any Hindsight
  /// How many of the sentences tell why the task was chosen in its last step.
  package private(set) var choiceSentences = 0

  /// The number of ticks that a task has had.
  package struct Turns {
    package let tid: TaskID
    package let ticks: Int
  }

  /// A task, and the value that the policy's rule compares.
  package struct Rank {
    package let tid: TaskID
    package let sortKey: String?

    init(_ tid: TaskID, _ scheduler: Scheduler) {
      self.tid = tid
      sortKey = scheduler.sortKey(of: tid)
    }

    init(_ candidate: NextChoice.Candidate) {
      tid = candidate.task
      sortKey = candidate.sortKey
    }

    package init(_ tid: TaskID, sortKey: String?) {
      (self.tid, self.sortKey) = (tid, sortKey)
    }

    var words: String {
      guard let sortKey else { return WhyPattern.task.filled(["task": "\(tid)"]) }
      return WhyPattern.rank.filled(["task": "\(tid)", "key": sortKey])
    }
  }

  /// The number of tasks that are described in detail; the others are counted.
  package static let shown = 5

  /// Explains a task.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - machine: Its machine.
  ///   - tellsChoice: Whether to explain as well why this task, and not another, had the CPU when it last
  ///     ran.
  ///   - isInterrupted: Whether the user has asked to stop.
  /// - Throws: `Interrupted`, if the user interrupts a replay.
  package init(
    of task: TaskInfo,
    on machine: TimeMachine,
    tellsChoice: Bool,
    isInterrupted: @escaping () -> Bool
  ) throws(Interrupted) {
    try self.init(
      of: task,
      on: machine.scheduler,
      past: ReplayedPast(machine: machine, isInterrupted: isInterrupted),
      tellsChoice ? .choiceAndState : .state
    )
  }

  /// What is to be explained.
  package enum Scope {
    /// Why the task is in its state; if it has the CPU, also why it was chosen.
    case state
    /// The same in sentences alone, without what only programs read of it.
    case stateInWords
    /// Why it was chosen in its last step, and why it is in its state.
    case choiceAndState
    /// Only why it was chosen in its last step.
    case choice
    /// Only since when it is ready, and why.
    case readiness
  }

  /// Explains a task.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - scheduler: Its scheduler.
  ///   - past: What is known of what has happened.
  ///   - scope: What to explain.
  /// - Throws: `Interrupted`, if the user interrupts a replay.
  package init(
    of task: TaskInfo,
    on scheduler: Scheduler,
    past: any Hindsight,
    _ scope: Scope
  ) throws(Interrupted) {
    self.task = task
    self.scheduler = scheduler
    self.past = past
    policy = scheduler.policyDescription
    rule = scheduler.policyRule
    own = Rank(task.tid, scheduler)
    let isAboutChoice = scope == .choice || scope == .readiness
    chain = isAboutChoice ? [task] : Self.chain(from: task, scheduler)
    let inquiry = try past.inquiry(
      about: Array(chain.prefix(Self.shown) + chain.suffix(1)),
      scheduler
    )
    let facts = inquiry.facts[task.tid] ?? Inquiry.Facts()
    lastCall = facts.lastCall
    switch scope {
    case .readiness:
      try explainReadiness(facts)
      return
    case .choice:
      try explainChoice(facts)
      return
    case .choiceAndState: try explainChoice(facts)
    case .state, .stateInWords: if task.state == .running { try explainChoice(facts) }
    }
    choiceSentences = sentences.count
    line = scheduler.steppedProgram(of: task.tid)?.line
    if TaskWords.reason(of: task) != nil, scope != .stateInWords {
      condition = condition(of: task.tid)
      help = Self.help(for: task.tid, scheduler)
    }
    switch task.state {
    case .ready: try explainReady(facts)
    case .exited(let status): explainEnd(status, facts)
    case .running:
      explainRunning()
    case .new, .waiting, .sleeping, .stopped: explainWaiting(inquiry)
    }
  }

  // MARK: Words

  /// Some tasks with the values that the rule compares, and how many more there are.
  package static func listed(_ ranks: [Rank]) -> String {
    let hasSortKeys = ranks.contains { $0.sortKey != nil }
    let words = ranks.prefix(shown).map { hasSortKeys ? $0.words : "\($0.tid)" }
    let list = words.joined(separator: hasSortKeys ? "; " : ", ")
    guard ranks.count > shown else { return list }
    return hasSortKeys
      ? WhyPattern.andSoOn.filled(["list": list])
      : WhyPattern.andMore.filled(["list": list, "count": "\(ranks.count - shown)"])
  }

  /// How long the task that has the CPU keeps it.
  func slice(of tid: TaskID, _ ticksLeft: Tick) -> String {
    let pattern: WhyPattern =
      ticksLeft != .max ? .slice : scheduler.policyPreempts ? .untilPreempted : .endlessSlice
    return pattern.filled(["task": "\(tid)", "ticks": counted(ticksLeft, "more tick")])
  }

  /// The task that has the CPU: how long it keeps it, or which task preempts it in the next step.
  private mutating func explainRunning() {
    let choice = scheduler.nextChoice
    if let winner = choice.task, winner != task.tid {
      sentences.append(
        "task \(winner)\(TaskWords.inParentheses(winner, scheduler)) takes the CPU from it now: "
          + "under `\(policy)` \(rule)"
      )
    } else if let ticksLeft = choice.ticksLeft {
      sentences.append(slice(of: task.tid, ticksLeft))
    } else {
      sentences.append("its turn begins anew now: under `\(policy)` \(rule)")
    }
  }
}
