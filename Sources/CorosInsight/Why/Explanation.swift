package import CorosHistory
package import CorosKernel
import CorosLanguage

/// Somebody has asked for something long to end.
package struct Interrupted: Error {
  package init() {}
}

/// Why a task runs or does not, from what the machine is and what has happened on it.
///
/// What only events can tell comes from the history: the stretch that matters is brought about once more.
package struct Explanation {
  package let task: TaskInfo
  package var sentences: [String] = []
  /// What else programs may want to know; each is nil where it says nothing.
  package var since: Tick?
  package var own: Rank
  package var ahead: [Rank] = []
  package var instead: [Turns] = []
  package var chain: [TaskInfo] = []
  package var circle: [TaskID] = []
  package var deed: Inquiry.Facts.Deed?
  package var lastCall: Inquiry.Facts.Call?
  /// The tasks that could have been chosen in its last step, where that is explained.
  package var beside: [TaskID] = []
  /// The task that lost the CPU to it in that step, in the middle of its turn.
  package var preempted: TaskID?

  /// The policy, with its settings.
  package let policy: String
  /// The rule by which it chooses.
  package let rule: String

  let machine: TimeMachine
  let isInterrupted: () -> Bool
  var scheduler: Scheduler { machine.scheduler }

  /// How many ticks a task has had.
  package struct Turns {
    package let tid: TaskID
    package let ticks: Int
  }

  /// A task, and what the policy's rule goes by in it.
  package struct Rank {
    package let tid: TaskID
    package let merit: String?

    init(_ tid: TaskID, _ scheduler: Scheduler) {
      self.tid = tid
      merit = scheduler.sortKey(of: tid)
    }

    init(_ candidate: NextChoice.Candidate) {
      tid = candidate.task
      merit = candidate.sortKey
    }

    var words: String { "task \(tid)" + (merit.map { ": \($0)" } ?? "") }
  }

  /// Of so many tasks the particulars are told; of the others, how many they are.
  package static let shown = 5

  /// Explains a task.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - machine: The machine that it is on.
  ///   - tellsChoice: Whether to say also why it, and not another, had the CPU when it ran last.
  ///   - isInterrupted: Whether somebody has asked for this to end.
  /// - Throws: `Interrupted`, when somebody ends the looking back.
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

  /// Some tasks with what the rule goes by, and how many more.
  static func listed(_ ranks: [Rank]) -> String {
    let hasMerits = ranks.contains { $0.merit != nil }
    let words = ranks.prefix(shown).map { hasMerits ? $0.words : "\($0.tid)" }
    guard ranks.count > shown else { return words.joined(separator: hasMerits ? "; " : ", ") }
    return hasMerits
      ? words.joined(separator: "; ") + "; and so on"
      : words.joined(separator: ", ") + " and \(ranks.count - shown) more"
  }

  /// How long a task that has the CPU keeps it.
  func slice(of tid: TaskID, _ ticksLeft: Tick) -> String {
    let end =
      ticksLeft != .max
      ? "for \(counted(ticksLeft, "more tick"))"
      : scheduler.policyPreempts
        ? "until it waits, ends, or a task comes that goes before it"
        : "until it waits, yields or ends"
    return "task \(tid) has the CPU, \(end)"
  }

  /// Of the task that has the CPU: how long it keeps it, or which task takes it in the coming step.
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
