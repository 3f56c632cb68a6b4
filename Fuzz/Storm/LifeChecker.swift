package import CorosKernel

/// Checks the life cycle of each task, from events alone.
///
/// It does not read the kernel's tables. A task starts once and ends once; it runs only while it is ready and
/// not stopped; each call is answered once; one wake-up or a kill ends each block.
package final class LifeChecker: Observer {
  package let interests = Event.Kinds.all

  /// The state of the live tasks; a value, so that it can be stored with a checkpoint.
  package struct Lives {
    fileprivate var stages: [TaskID: Stage] = [.operator: Stage(.ready)]
    fileprivate var newest: TaskID = 0
    fileprivate var tick: Tick = 0

    /// The number of live tasks, without the operator.
    package var count: Int { stages.count - 1 }
  }

  fileprivate struct Stage {
    var phase: Phase
    var deadline: Tick?
    var isStopped = false
    var hasRun = false
    var killer: TaskID?
    var isKilled: Bool { killer != nil }

    init(_ phase: Phase) { self.phase = phase }
  }

  fileprivate enum Phase {
    case ready
    case running
    /// During a call, or during its end.
    case calling
    case blocked
    case leaving
  }

  package var lives = Lives()
  /// How tasks have ended in this tick: a link ends the other task with the same status.
  private var ends: [TaskID: ExitStatus] = [:]
  /// The first faults found.
  package private(set) var faults: [String] = []

  // Totals.
  package private(set) var spawned = 0
  package private(set) var ended = 0
  package private(set) var killed = 0
  package private(set) var gaveUp = 0
  package private(set) var mostAlive = 0

  package init() {}

  package func observe(_ event: Event) {
    if event.tick < lives.tick { blame(event, "the clock went back from \(lives.tick)") }
    if event.tick != lives.tick { ends = [:] }
    lives.tick = event.tick
    if case .spawned = event.action { return noteBirth(event) }
    guard var stage = lives.stages[event.task] else {
      return blame(event, "there is no such task")
    }
    let before = stage
    if !follow(event, &stage) {
      blame(event, "when it was \(before.isKilled ? "killed, " : "")\(before.phase)")
    }
    if case .exited = event.action {
      lives.stages[event.task] = nil
    } else {
      lives.stages[event.task] = stage
    }
  }

  private func noteBirth(_ event: Event) {
    if event.task.rawValue != lives.newest.rawValue + 1 {
      blame(event, "after \(lives.newest)")
    }
    lives.newest = event.task
    lives.stages[event.task] = Stage(.ready)
    spawned += 1
    mostAlive = max(mostAlive, lives.count)
  }

  /// Advances a task by one event, and returns whether the transition is legal.
  private func follow(_ event: Event, _ stage: inout Stage) -> Bool {
    let phase = stage.phase
    switch event.action {
    case .spawned:
      return false
    case .arrived:
      stage.phase = .ready
      stage.deadline = nil
      return phase == .blocked && !stage.hasRun && !stage.isKilled
    case .dispatched:
      stage.phase = .running
      stage.hasRun = true
      return phase == .ready && !stage.isStopped && !stage.isKilled && event.task != .operator
    case .trapped:
      stage.phase = .calling
      // The operator may give up a blocked call; no event reports that.
      return phase == .running
        || (event.task == .operator && (phase == .ready || phase == .blocked))
    case .replied, .refused:
      stage.phase = .ready
      return phase == .calling && !stage.isKilled
    case .blocked(on: .arrival, let arrival):
      stage.phase = .blocked
      stage.deadline = arrival
      return phase == .ready && !stage.hasRun && !stage.isKilled
    case .blocked(_, let deadline):
      stage.phase = .blocked
      // A deadline in the past expires at the next step.
      stage.deadline = deadline.map { max($0, event.tick + 1) }
      return (phase == .calling || phase == .leaving) && !stage.isKilled
    case .woke:
      stage.phase = .calling
      defer { stage.deadline = nil }
      return phase == .blocked && !stage.isKilled && event.tick <= stage.deadline ?? .max
    case .wrote, .noted:
      return phase == .calling
    case .stopped:
      defer { stage.isStopped = true }
      return !stage.isStopped && event.task != .operator
    case .continued:
      defer { stage.isStopped = false }
      return stage.isStopped
    case .killed(let killer):
      killed += 1
      defer { stage.killer = killer }
      return !stage.isKilled && event.task != .operator
    case .resisted:
      return stage.isKilled || phase == .calling
    case .gaveUp:
      gaveUp += 1
      return stage.isKilled || phase == .calling
    case .escaped:
      stage.phase = .leaving
      return stage.isKilled || phase == .running || phase == .calling
    case .exited(let status):
      ended += 1
      ends[event.task] = status
      if let killer = stage.killer { return status == .killed || status == ends[killer] }
      return phase == .running || phase == .calling || phase == .leaving
    case .cancelled:
      return event.task != .operator && !stage.isKilled
    case .acquired:
      return phase == .calling || phase == .blocked
    case .released:
      return phase == .calling
    case .abandoned, .touched, .detail:
      return true
    case .clockJumped(let from):
      return from < event.tick
    case .switching(let end):
      return end > event.tick
    }
  }

  private func blame(_ event: Event, _ why: String) {
    if faults.count < 10 { faults.append("\(event): \(why)") }
  }
}
