package import CorosKernel

/// Gathers from events what happened to some tasks: what they did last, and who did what to them.
package final class Inquiry: Observer {
  package let interests: Event.Kinds = [.lives, .dispatches, .calls, .waits, .stops, .details]

  /// What is known about one task.
  package struct Facts {
    /// What another task did to it.
    package struct Deed {
      package let by: TaskID
      package let tick: Tick
    }

    /// A system call and its outcome.
    package struct Call {
      package let summary: CallSummary
      package let tick: Tick
      package var outcome: Event.Action?
    }

    /// Since when a task is ready, and why.
    struct Ready {
      let since: Tick
      let because: String
      /// Whether its turn was over, for a reason that events do not tell.
      let isTurnOver: Bool
    }

    /// Since when the task is ready, and why; nil if it is not ready, or runs.
    var ready: Ready?
    /// The ticks that other tasks have had since then.
    var instead: [TaskID: Int] = [:]
    /// The last call of the task, which may belong to an earlier turn.
    var lastCall: Call?
    /// The tick in which the task last had the CPU.
    var lastRun: Tick?
    /// What the task waits for, or waited for when it was killed.
    var waiting: WaitReason?
    var killed: Deed?
    var stopped: Deed?
    /// How often the task made a call instead of ending when it was killed.
    var resistances = 0
    /// How often the task refused to end, if it was cut off for that.
    var refusals: Int?
  }

  private(set) var facts: [TaskID: Facts] = [:]
  /// The last signal on each channel: who gave it, and when.
  private(set) var signals: [String: Facts.Deed] = [:]
  /// The last notification of each condition: who gave it, when, and how many tasks woke.
  private(set) var notifications: [ObjectID: (deed: Facts.Deed, woken: Int)] = [:]
  /// The channel that each task waits on.
  private var channels: [TaskID: String] = [:]
  /// The step in progress: its task and its tick.
  private var step: (task: TaskID, tick: Tick)?

  /// The tasks, in a list of their own: while the keys of `facts` are read, each change copies it.
  private let tasks: [TaskID]

  init(about tasks: some Sequence<TaskID>) {
    for task in tasks { facts[task] = Facts() }
    self.tasks = Array(facts.keys)
  }

  /// Makes an inquiry about each task that is spawned from now on, which does not count the ticks of others.
  package init() { tasks = [] }

  package func observe(_ event: Event) {
    if tasks.isEmpty, case .spawned = event.action { facts[event.task] = Facts() }
    if event.action == .dispatched {
      step = (event.task, event.tick)
      for task in tasks where task != event.task && facts[task]?.ready != nil {
        facts[task]?.instead[event.task, default: 0] += 1
      }
    }
    note(channelOf: event)
    guard facts[event.task] != nil else { return }
    // Changes within a step take effect at its end.
    let moment = event.tick == step?.tick ? event.tick + 1 : event.tick
    switch event.action {
    case .spawned: becomeReady(event.task, moment, "it was created")
    case .arrived: becomeReady(event.task, moment, "it arrived")
    case .dispatched:
      facts[event.task]?.ready = nil
      facts[event.task]?.lastRun = event.tick
    case .trapped(let call):
      facts[event.task]?.lastCall = Facts.Call(summary: call, tick: event.tick)
    case .replied, .refused:
      facts[event.task]?.lastCall?.outcome = event.action
      if facts[event.task]?.ready == nil {
        becomeReady(event.task, moment, "its turn was over", isTurnOver: true)
      }
    case .blocked(let reason, _):
      if facts[event.task]?.lastCall?.outcome == nil {
        facts[event.task]?.lastCall?.outcome = event.action
      }
      facts[event.task]?.ready = nil
      facts[event.task]?.waiting = reason
    case .woke(let reason):
      facts[event.task]?.waiting = nil
      becomeReady(event.task, moment, "it woke: \(reason)")
    case .stopped(let by): facts[event.task]?.stopped = Facts.Deed(by: by, tick: event.tick)
    case .continued(let by):
      facts[event.task]?.stopped = nil
      if facts[event.task]?.ready != nil {
        becomeReady(event.task, moment, "\(EventWords.who(by)) let it go on")
      }
    case .killed(let by): facts[event.task]?.killed = Facts.Deed(by: by, tick: event.tick)
    case .resisted: facts[event.task]?.resistances += 1
    case .gaveUp(let count): facts[event.task]?.refusals = count
    case .wrote, .noted, .escaped, .exited, .switching, .clockJumped, .cancelled,
      .acquired,
      .released, .abandoned, .touched, .detail:
      break
    }
  }

  private func becomeReady(
    _ task: TaskID,
    _ tick: Tick,
    _ because: String,
    isTurnOver: Bool = false
  ) {
    facts[task]?.ready = Facts.Ready(since: tick, because: because, isTurnOver: isTurnOver)
    facts[task]?.instead = [:]
  }

  /// Notes which tasks wait on channels, and which task's step wakes them.
  private func note(channelOf event: Event) {
    switch event.action {
    case .blocked(.channel(let channel), _): channels[event.task] = channel.name
    case .woke:
      guard let channel = channels.removeValue(forKey: event.task), let step,
        step.tick == event.tick
      else { return }
      signals[channel] = Facts.Deed(by: step.task, tick: event.tick)
    case .exited: channels[event.task] = nil
    case .detail(.notified(let place, let woken)):
      notifications[place.object] = (Facts.Deed(by: event.task, tick: event.tick), woken)
    default: break
    }
  }
}
