package import CorosKernel

/// Detects what lints look for, from events alone, and travels in time with the machine.
///
/// It counts steps. It listens to system calls, too, only while it has a suspicion, and only briefly.
package final class LintRecorder: Recorder {
  /// Everything the recorder knows.
  ///
  /// Without exclusivity checks: each step of each run accesses it, and never two accesses at once.
  @exclusivity(unchecked) package var memory = Memory()

  /// Rung when something is found.
  package var bell: Doorbell?

  /// Makes a recorder for a machine with a policy.
  ///
  /// - Parameter policy: Its name and settings.
  package init(policy: String = "") {
    memory.inversions.noteRule(policy)
  }

  package struct Memory {
    /// The findings, oldest first; `mostFound` of each kind at most.
    package fileprivate(set) var found: [LintFinding] = []
    /// Circles that were found in the last step.
    ///
    /// If no step follows, the run reports them as a deadlock instead.
    var latest: [LintFinding] = []
    fileprivate var steps = 0
    fileprivate var liveCount = 0

    /// Whether system calls matter at present.
    fileprivate var hasSuspicion: Bool { yields != nil || !failures.isEmpty }

    // Spinning.
    fileprivate var runner = TaskID.operator
    /// The number of consecutive steps in which the runner made no visible difference.
    fileprivate var idleSteps = 0
    /// The number of yields since the runner came under suspicion; nil while it is not.
    fileprivate var yields: Int?
    /// How many consecutive steps are suspicious; doubled after each false suspicion.
    fileprivate var patience = LintRecorder.suspicious

    // Starving.
    fileprivate var newcomers: ContiguousArray<(task: TaskID, tick: Tick)> = []
    fileprivate var oldest = 0
    /// The tasks that have run, or ended without a step.
    fileprivate var hasRun = TaskSet()

    // Circles.
    /// Which task waits for the end of which, without a deadline.
    var waits: [TaskID: TaskID] = [:]

    // What tasks share.
    /// Who holds what, who waits for it, and for how long.
    package internal(set) var sharing = SharingBook()
    /// Whether a condition has ever been notified: otherwise no notification is lost.
    var hasNotified = false
    var orders = OrderGraph()
    var inversions = InversionWatch()
    /// The tasks that wait, and those that are stopped.
    var waiting = TaskSet()
    var stopped = TaskSet()
    /// The tasks that have ended since the last step began.
    var justEnded: [TaskID] = []
    /// Whether the next step has more to look at than most.
    var isBusy = false
    /// The tick after that of the last step.
    fileprivate var nextTick: Tick = 0

    // Unseen failures.
    fileprivate var parents: [TaskID: TaskID] = [:]
    /// The number of waiters of each task, with a deadline or without.
    fileprivate var waiters: [TaskID: Int] = [:]
    /// The task that each waiter waits for, with a deadline or without; the waiter itself for any child.
    fileprivate var targets: [TaskID: TaskID] = [:]
    /// The failed tasks whose end no task has asked for: with the parent, and the step of the failure.
    fileprivate var failures: [(task: TaskID, parent: TaskID, step: Int)] = []
  }

  /// This many consecutive steps without a visible effect are suspicious.
  static let suspicious = 1_000
  /// This many consecutive yields, and no other call, confirm the suspicion.
  private static let proof = 128
  /// A task starves if it has been ready for this many ticks, plus `rounds` for each live task, without
  /// running.
  private static let long = 10_000
  private static let rounds = 20
  /// The number of steps between two checks: a power of two.
  private static let interval = 1_024
  /// The longest circle that is searched for.
  static let longestCircle = 1_000
  /// The number of steps that a parent has to ask how a child ended.
  private static let patience = 10_000
  /// The maximum number of findings of one kind.
  private static let mostFound = 100

  private static let usual: Event.Kinds = [
    .lives, .dispatches, .waits, .output, .stops, .sharing, .details,
  ]
  private static let suspecting = usual.union(.calls)

  package var interests: Event.Kinds { memory.hasSuspicion ? Self.suspecting : Self.usual }

  package var memorySize: Int {
    memory.parents.count + memory.targets.count + memory.newcomers.count + memory.sharing.size
      + memory.orders.size
  }

  /// All findings, including those of the last step.
  package var findings: [LintFinding] { memory.found + memory.latest }

  package func observe(_ event: Event) {
    switch event.action {
    case .dispatched: return observeDispatch(of: event.task, at: event.tick, number: event.number)
    case .trapped(let call): hear(call, event)
    case .wrote: memory.idleSteps = 0
    case .spawned(_, let parent): begin(event, parent)
    case .arrived: memory.newcomers.append((event.task, event.tick))
    case .blocked(let reason, let deadline): block(event, reason, deadline)
    case .woke: endWait(of: event.task)
    case .stopped:
      memory.hasRun.insert(event.task)
      memory.stopped.insert(event.task)
    case .continued: memory.stopped.remove(event.task)
    case .escaped: memory.hasRun.insert(event.task)
    case .exited(let status): end(event, status)
    case .killed, .cancelled, .acquired, .released: memory.idleSteps = 0
    case .replied, .refused, .noted, .resisted, .gaveUp, .switching, .clockJumped, .abandoned,
      .touched,
      .detail:
      break
    }
    observeSharing(event, at: max(event.tick, memory.nextTick))
  }

  private func find(_ lint: Lint, _ task: TaskID, at tick: Tick, _ others: [TaskID] = []) {
    keep(LintFinding(lint: lint, task: task, tick: tick, others: others))
  }

  func keep(_ finding: LintFinding) {
    guard memory.found.count(where: { $0.lint == finding.lint }) < Self.mostFound else { return }
    memory.found.append(finding)
    bell?.ring()
  }

  // MARK: Steps

  package func observeDispatch(of task: TaskID, at tick: Tick, number: Int) {
    memory.steps &+= 1
    memory.nextTick = tick &+ 1
    if memory.runner == task {
      memory.idleSteps += 1
      if memory.idleSteps == memory.patience { memory.yields = 0 }
    } else {
      memory.runner = task
      memory.idleSteps = 0
      memory.yields = nil
      memory.hasRun.insert(task)
    }
    if memory.isBusy { beginBusyStep(of: task, at: tick) }
    if memory.steps & (Self.interval - 1) == 0 { look(tick) }
  }

  /// Looks at what only some steps have to look at.
  private func beginBusyStep(of task: TaskID, at tick: Tick) {
    for finding in memory.latest { keep(finding) }
    memory.latest = []
    memory.justEnded = []
    lookForInversion(by: task, at: tick)
    memory.isBusy = memory.inversions.isWatching
  }

  private func hear(_ call: CallSummary, _ event: Event) {
    if let yields = memory.yields, event.task == memory.runner {
      if call.type != Yield.self {
        memory.yields = nil
        memory.idleSteps = 0
        memory.patience *= 2
      } else if yields + 1 == Self.proof {
        memory.yields = nil
        if !memory.found.contains(where: { $0.lint == .spinning && $0.task == event.task }) {
          find(.spinning, event.task, at: event.tick)
        }
      } else {
        memory.yields = yields + 1
      }
    }
    guard !memory.failures.isEmpty else { return }
    switch call {
    case WaitTask.self:
      let target = Int(call.arguments.prefix { $0 != "," }.dropFirst("task ".count))
      memory.failures.removeAll { target == $0.task.rawValue }
    case WaitAnyChild.self: memory.failures.removeAll { $0.parent == event.task }
    default: break
    }
  }

  /// Checks the tasks that have waited for long.
  private func look(_ tick: Tick) {
    while memory.oldest < memory.newcomers.count {
      let (task, since) = memory.newcomers[memory.oldest]
      if !memory.hasRun.contains(task) {
        let most = Self.long + Self.rounds * memory.liveCount
        if tick - since < most { break }
        find(.starving, task, at: tick)
      }
      memory.oldest += 1
    }
    if memory.oldest > 1_000, memory.oldest > memory.newcomers.count / 2 {
      memory.newcomers.removeFirst(memory.oldest)
      memory.oldest = 0
    }
    while let first = memory.failures.first, memory.steps - first.step > Self.patience {
      find(.unseen, first.task, at: tick, [first.parent])
      memory.failures.removeFirst()
    }
  }

  // MARK: Lives

  private func begin(_ event: Event, _ parent: TaskID) {
    memory.idleSteps = 0
    memory.liveCount += 1
    memory.newcomers.append((event.task, event.tick))
    if parent != .operator { memory.parents[event.task] = parent }
  }

  private func end(_ event: Event, _ status: ExitStatus) {
    let task = event.task
    memory.liveCount -= 1
    memory.hasRun.insert(task)
    endWait(of: task)
    for failure in memory.failures where failure.parent == task {
      find(.unseen, failure.task, at: event.tick, [failure.parent])
    }
    memory.failures.removeAll { $0.parent == task }
    guard let parent = memory.parents.removeValue(forKey: task), case .failed = status,
      memory.waiters[task] == nil, memory.targets[parent] != parent
    else { return }
    memory.failures.append((task, parent, memory.steps))
  }

  /// Forgets the failure of a task of whose end another is told.
  func hear(ofEndOf task: TaskID) {
    if !memory.failures.isEmpty { memory.failures.removeAll { $0.task == task } }
  }

  // MARK: Waits

  private func block(_ event: Event, _ reason: WaitReason, _ deadline: Tick?) {
    let task = event.task
    memory.idleSteps = 0
    memory.waiting.insert(task)
    switch reason {
    case .arrival:
      // The task was created in this step; it counts as a newcomer once it arrives.
      if memory.newcomers.last?.task == task { memory.newcomers.removeLast() }
    case .anyChild: memory.targets[task] = task
    case .task(let target):
      memory.targets[task] = target
      memory.waiters[target, default: 0] += 1
      if deadline == nil, task != .operator { memory.waits[task] = target }
    case .time, .io, .channel, .object, .anyOf, .outside: break
    }
  }

  private func endWait(of task: TaskID) {
    memory.waiting.remove(task)
    guard !memory.targets.isEmpty, let target = memory.targets.removeValue(forKey: task) else {
      return
    }
    memory.waits[task] = nil
    guard target != task, let count = memory.waiters[target] else { return }
    memory.waiters[target] = count > 1 ? count - 1 : nil
  }
}
