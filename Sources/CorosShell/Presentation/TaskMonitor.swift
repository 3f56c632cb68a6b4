import CorosKernel

/// Watches the machine for the shell: shows output as it is written, and each step when that is wanted.
///
/// Without narration it listens only to output and to the ends of tasks, so a free run costs little.
final class TaskMonitor: Observer {
  /// Keeps the last events for `trace show` and `info`.
  let log = EventLog(limit: 1_000)
  /// Keeps what each task was doing, for `timeline`.
  let timeline = TimelineRecorder()
  private(set) var interests: Event.Kinds = [.output, .lives]
  private unowned var shell: Shell?
  /// What happened and has not been shown yet.
  ///
  /// An observer must not look at the scheduler, so all that is to be shown waits for `flush`.
  private var told: [Event] = []
  /// The task whose end the command that is running will tell of itself.
  var awaited: TaskID?
  private var isNarrating = false
  /// Set by `trace on`: every step is told, whoever makes it.
  var isTracing = false {
    didSet { listen() }
  }

  func attach(to shell: Shell) {
    self.shell = shell
    shell.scheduler.add(timeline)
    listen()
  }

  /// Tells every event that happens during some work.
  func narrating(_ work: () -> Void) {
    isNarrating = true
    listen()
    work()
    isNarrating = false
    listen()
  }

  /// The scheduler asks for our interests when we are added, so a change means adding anew.
  private func listen() {
    guard let scheduler = shell?.scheduler else { return }
    scheduler.remove(self)
    scheduler.remove(log)
    interests = isNarrating || isTracing ? .all : [.output, .lives]
    if isTracing { scheduler.add(log) }
    scheduler.add(self)
  }

  func observe(_ event: Event) {
    told.append(event)
  }

  /// Shows what happened since the last time; called between steps.
  func flush() {
    guard !told.isEmpty, let shell else { return }
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

  private func show(_ event: Event, _ shell: Shell) {
    switch event.action {
    case .wrote(let text): shell.show(output: text, of: event.task)
    case .exited(.failed(let message)) where event.task != awaited:
      shell.showFailure(message, of: event)
    case .gaveUp(let count): shell.showGivenUp(after: count, event)
    default: break
    }
  }

  private func showAsJSON(_ event: Event, _ shell: Shell) {
    let (tid, tick) = (JSON.int(event.task.rawValue), JSON.int(event.tick))
    switch event.action {
    case .wrote(let text):
      shell.output.writeLine(["output": .string(text), "tid": tid, "tick": tick])
    case .exited(.failed(let message)) where event.task != awaited:
      shell.showFailure(message, of: event)
    case .gaveUp(let count): shell.showGivenUp(after: count, event)
    case .dispatched where isTracing: shell.output.writeLine(["tick": tick, "ran": tid])
    case .clockJumped(let from) where isTracing:
      for tick in from..<event.tick { shell.output.writeLine(["tick": .int(tick), "idle": true]) }
    default: break
    }
  }
}
