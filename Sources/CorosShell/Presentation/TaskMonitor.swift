import CorosKernel

/// Watches the machine for the shell: shows output as it is written, and each step when that is wanted.
///
/// Without narration it listens only to output and to the ends of tasks, so a free run costs little.
final class TaskMonitor: Observer {
  /// Keeps the last events for `trace show` and `info`.
  let log = EventLog(limit: 1_000)
  private(set) var interests: Event.Kinds = [.output, .lives]
  private unowned var shell: Shell?
  /// The events of the step that is being told.
  private var told: [Event] = []
  private var isNarrating = false
  /// Set by `trace on`: every step is told, whoever makes it.
  var isTracing = false {
    didSet { listen() }
  }

  func attach(to shell: Shell) {
    self.shell = shell
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
    guard let shell else { return }
    if shell.settings.isJSON {
      observeForJSON(event, shell)
      return
    }
    if isNarrating || isTracing { told.append(event) }
    switch event.action {
    case .wrote(let text) where told.isEmpty:
      shell.show(output: text, of: event.task)
    case .exited(.failed(let message)) where told.isEmpty:
      shell.showFailure(message, of: event.task)
    case .gaveUp(let count) where told.isEmpty:
      shell.showGivenUp(after: count, event.task)
    default: break
    }
  }

  private func observeForJSON(_ event: Event, _ shell: Shell) {
    switch event.action {
    case .wrote(let text):
      shell.output.writeLine([
        "output": .string(text), "tid": .int(event.task.rawValue), "tick": .int(event.tick),
      ])
    case .dispatched where isTracing:
      shell.output.writeLine(["tick": .int(event.tick), "ran": .int(event.task.rawValue)])
    case .clockJumped(let from) where isTracing:
      for tick in from..<event.tick { shell.output.writeLine(["tick": .int(tick), "idle": true]) }
    default: break
    }
  }

  /// Prints what has been told since the last time; called between steps.
  func flush() {
    guard !told.isEmpty, let shell else { return }
    let events = told
    told = []
    shell.narrate(events)
  }
}
