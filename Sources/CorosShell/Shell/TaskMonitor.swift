import CorosHistory
import CorosInsight
package import CorosKernel
import CorosLanguage
import CorosSession

/// Watches the machine for the shell: shows output as it is written, and each step on request.
///
/// Without narration it listens only to output and to the ends of tasks, so a free run costs little.
package final class TaskMonitor: Observer {
  // Not exclusivity-checked: see `Shell`.

  /// The findings that were reported, or need not be.
  private var reportedLints: Swift.Set<LintFinding> = []
  /// The newest finding when they were last looked through.
  private var lastFinding: LintFinding?
  /// Rung where there is something to show, and how often it had been when that was last looked for.
  @exclusivity(unchecked) private var bell = Doorbell()
  @exclusivity(unchecked) private var heardRings = 0
  package private(set) var interests: Event.Kinds = [.output, .lives]
  /// The shell, which takes itself away when it ends; so nothing need be counted at each use.
  @exclusivity(unchecked) private unowned(unsafe) var shell: Shell?
  /// The events that are not shown yet.
  ///
  /// An observer must not look at the scheduler, so `flush` shows the events later.
  @exclusivity(unchecked) private var pending: [Event] = []
  /// The tasks whose ends the running command reports itself.
  private var awaited: Swift.Set<TaskID> = []
  /// The failures of these tasks that it has not reported yet.
  private var heldBack: [Event] = []
  private var isNarrating = false
  /// Whether events are dropped, because the full screen shows them.
  @exclusivity(unchecked) package var isMuted = false {
    didSet { pending = [] }
  }

  /// Whether every step is shown; set by `trace on`.
  package var isTracing = false {
    didSet {
      if isTracing != oldValue { listen() }
    }
  }

  package func attach(to shell: Shell) {
    self.shell = shell
    bell = shell.session.bell
    listen()
  }

  /// Shows nothing any more.
  func detach() { shell = nil }

  /// Drops the events of the old machine; those of the new one so far are not shown either.
  func machineWasReplaced() {
    pending = []
    heldBack = []
    reportedLints = Swift.Set(shell?.session.recorders.lints.findings ?? [])
    lastFinding = nil
  }

  /// Shows every event that happens during `work`.
  package func narrating<Value>(_ work: () -> Value) -> Value {
    isNarrating = true
    listen()
    defer {
      isNarrating = false
      listen()
    }
    return work()
  }

  /// Announces the interests: the scheduler asks for them only when an observer is added.
  private func listen() {
    interests = isNarrating || isTracing ? .all : [.output, .lives]
    shell?.session.add(self)
  }

  package func observe(_ event: Event) {
    if isMuted { return }
    pending.append(event)
    bell.ring()
  }

  /// Leaves the failures of some tasks to a command, which calls `didReportEnd` for each task.
  ///
  /// A failure that the command does not report is shown after it.
  package func awaiting<Failure: Error>(
    _ tasks: [TaskID],
    _ work: () throws(Failure) -> Void
  ) throws(Failure) {
    awaited = Swift.Set(tasks)
    defer {
      flush()
      awaited = []
      for event in heldBack { if let shell { show(event, shell) } }
      heldBack = []
    }
    try work()
  }

  /// Notes that the command has reported how a task ended.
  package func didReportEnd(of task: TaskID) {
    flush()
    heldBack.removeAll { $0.task == task }
  }

  /// Shows the events since the last call; called between steps.
  package func flush() {
    // The full screen shows events; lints are reported after it closes.
    if bell.count == heardRings || isMuted { return }
    guard let shell else { return }
    heardRings = bell.count
    if !pending.isEmpty { showPending(shell) }
    if shell.session.hasLoggedHits { showLoggedHits(shell) }
    reportLints(shell)
  }

  private func showPending(_ shell: Shell) {
    let events = pending
    pending.removeAll(keepingCapacity: true)
    if shell.settings.isJSON {
      for event in events { showAsJSON(event, shell) }
    } else if isNarrating || isTracing {
      shell.narrate(events)
    } else {
      for event in events { show(event, shell) }
    }
  }

  /// Shows the hits of breakpoints at which the machine did not stop.
  private func showLoggedHits(_ shell: Shell) {
    for hit in shell.session.takeLoggedHits() {
      if shell.settings.isJSON {
        shell.output.writeLine(["logged": hit.json])
      } else {
        shell.output.writeLines(hit.text(in: shell.look))
      }
    }
  }

  /// Reports the new findings; of each kind only the first few.
  private func reportLints(_ shell: Shell) {
    let found = shell.session.recorders.lints.memory.found
    guard let last = found.last, last != lastFinding else { return }
    lastFinding = last
    for lint in Lint.allCases where !shell.silencedLints.contains(lint) {
      for finding in found.filter({ $0.lint == lint }).prefix(Self.maximumNotes)
      where reportedLints.insert(finding).inserted {
        shell.note(finding)
      }
    }
  }

  /// The maximum number of notes of one kind.
  private static let maximumNotes = 3

  private func show(_ event: Event, _ shell: Shell) {
    switch event.action {
    case .wrote(let text): shell.show(output: text, of: event.task, at: event.tick)
    case .exited(.failed(let message)): showFailure(message, event, shell)
    case .gaveUp(let count): shell.showGivenUp(after: count, event)
    default: break
    }
  }

  private func showAsJSON(_ event: Event, _ shell: Shell) {
    let (tid, tick) = (JSON.int(event.task.rawValue), JSON.int(event.tick))
    switch event.action {
    case .dispatched where isTracing: shell.output.writeLine(["tick": tick, "ran": tid])
    case .clockJumped(let from) where isTracing:
      for tick in from..<event.tick {
        // A task may sleep for a billion ticks, and each is a line.
        if tick.isMultiple(of: 1_024), shell.isInterrupted { break }
        shell.output.writeLine(["tick": .int(tick), "idle": true])
      }
    default: show(event, shell)
    }
  }

  private func showFailure(_ message: String, _ event: Event, _ shell: Shell) {
    if awaited.contains(event.task) {
      heldBack.append(event)
    } else {
      shell.showFailure(message, of: event)
    }
  }
}
