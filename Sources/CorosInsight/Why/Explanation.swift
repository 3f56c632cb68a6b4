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
  package var own: Rank
  package var ahead: [Rank] = []
  package var instead: [Turns] = []
  package var chain: [TaskInfo] = []
  package var circle: [TaskID] = []
  package var deed: Inquiry.Facts.Deed?
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

  let machine: TimeMachine
  let isInterrupted: () -> Bool
  var scheduler: Scheduler { machine.scheduler }

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

    var words: String { "task \(tid)" + (sortKey.map { ": \($0)" } ?? "") }
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
    self.task = task
    self.machine = machine
    self.isInterrupted = isInterrupted
    policy = machine.scheduler.policyDescription
    rule = machine.scheduler.policyRule
    own = Rank(task.tid, machine.scheduler)
    chain = Self.chain(from: task, machine.scheduler)
    let inquiry = try inquire(about: chain.prefix(Self.shown) + chain.suffix(1))
    let facts = inquiry.facts[task.tid] ?? Inquiry.Facts()
    lastCall = facts.lastCall
    line = scheduler.steppedProgram(of: task.tid)?.line
    if TaskWords.reason(of: task) != nil {
      condition = condition(of: task.tid)
      help = Self.help(for: task.tid, scheduler)
    }
    if tellsChoice || task.state == .running { try explainChoice(facts) }
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
  static func listed(_ ranks: [Rank]) -> String {
    let hasSortKeys = ranks.contains { $0.sortKey != nil }
    let words = ranks.prefix(shown).map { hasSortKeys ? $0.words : "\($0.tid)" }
    guard ranks.count > shown else { return words.joined(separator: hasSortKeys ? "; " : ", ") }
    return hasSortKeys
      ? words.joined(separator: "; ") + "; and so on"
      : words.joined(separator: ", ") + " and \(ranks.count - shown) more"
  }

  /// How long the task that has the CPU keeps it.
  func slice(of tid: TaskID, _ ticksLeft: Tick) -> String {
    let end =
      ticksLeft != .max
      ? "for \(counted(ticksLeft, "more tick"))"
      : scheduler.policyPreempts
        ? "until it waits, ends, or a task comes that goes before it"
        : "until it waits, yields or ends"
    return "task \(tid) has the CPU, \(end)"
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
