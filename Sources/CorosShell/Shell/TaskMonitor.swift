import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

/// Watches the machine for the shell: shows output as it is written, and each step when that is wanted.
///
/// Without narration it listens only to output and to the ends of tasks, so a free run costs little.
final class TaskMonitor: Observer {
  /// The lints of which something has been said, or need not be.
  private var saidLints: Swift.Set<LintFinding> = []
  private var seenLints = 0
  private(set) var interests: Event.Kinds = [.output, .lives]
  private unowned var shell: Shell?
  /// What happened and has not been shown yet.
  ///
  /// An observer must not look at the scheduler, so all that is to be shown waits for `flush`.
  private var told: [Event] = []
  /// The tasks whose ends the command that is running will tell of itself.
  private var awaited: Swift.Set<TaskID> = []
  /// Their failures, which it has not told of yet.
  private var heldBack: [Event] = []
  private var isNarrating = false
  /// Set while somebody else shows what happens: then it is not shown here, nor later.
  var isMuted = false {
    didSet { told = [] }
  }

  /// Set by `trace on`: every step is told, whoever makes it.
  var isTracing = false {
    didSet {
      if isTracing != oldValue { listen() }
    }
  }

  func attach(to shell: Shell) {
    self.shell = shell
    listen()
  }

  /// What the new machine did before it came here is not shown.
  func machineWasReplaced() {
    told = []
    heldBack = []
    saidLints = Swift.Set(shell?.session.recorders.lints.findings ?? [])
    seenLints = 0
  }

  /// Tells every event that happens during some work.
  func narrating<Value>(_ work: () -> Value) -> Value {
    isNarrating = true
    listen()
    defer {
      isNarrating = false
      listen()
    }
    return work()
  }

  /// The scheduler asks for our interests when we are added, so a change means adding anew.
  private func listen() {
    interests = isNarrating || isTracing ? .all : [.output, .lives]
    shell?.session.add(self)
  }

  func observe(_ event: Event) {
    if isMuted { return }
    told.append(event)
    shell?.session.bell.ring()
  }

  /// Leaves the failures of some tasks to a command that tells how they end, each by `tellEnd`.
  ///
  /// A failure that it does not come to tell of is shown after it.
  func awaiting<Failure: Error>(
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

  /// Notes that the command has told how a task ended.
  func tellEnd(of task: TaskID) {
    flush()
    heldBack.removeAll { $0.task == task }
  }

  /// Shows what happened since the last time; called between steps.
  func flush() {
    // Somebody else has the screen; what is to be noted is noted afterwards.
    if isMuted { return }
    guard let shell else { return }
    defer { if shell.session.recorders.lints.memory.found.count != seenLints { sayLints() } }
    guard !told.isEmpty else { return }
    let events = told
    told.removeAll(keepingCapacity: true)
    if shell.settings.isJSON {
      for event in events { showAsJSON(event, shell) }
    } else if isNarrating || isTracing {
      shell.narrate(events)
    } else {
      for event in events { show(event, shell) }
    }
  }

  /// Says what has been found since the last time: of each kind the first few.
  private func sayLints() {
    guard let shell else { return }
    let found = shell.session.recorders.lints.memory.found
    seenLints = found.count
    for lint in Lint.allCases where !shell.silencedLints.contains(lint) {
      for finding in found.filter({ $0.lint == lint }).prefix(Self.mostNotes)
      where saidLints.insert(finding).inserted {
        shell.note(finding)
      }
    }
  }

  /// So many notes of one kind are enough.
  private static let mostNotes = 3

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
        // A sleeper may sleep for a billion ticks, and each is a line.
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
