import CorosKernel

/// What the events alone tell of who could run: a second opinion, which asks the scheduler nothing.
final class EventBooks: Observer {
  let interests = Event.Kinds.all
  /// Since which tick each task that has not ended is ready, or would be without a stop.
  private(set) var since: [TaskID: Tick] = [:]
  private(set) var stopped: Set<TaskID> = []
  /// Who was ready beside the task that ran last, when it was chosen.
  private(set) var beside: [TaskID] = []
  /// The tasks that ran in the last two steps, the later one last.
  private(set) var runners: [TaskID] = []
  /// Whether the one before could go on, as far as it goes by what it did and what was done to it.
  private(set) var couldGoOn = false
  private var step: Tick?
  private var hasLost = false

  func observe(_ event: Event) {
    guard event.task != .operator else { return }
    let task = event.task
    // What happens in a step takes effect at its end.
    let moment = step == event.tick ? event.tick + 1 : event.tick
    switch event.action {
    case .spawned, .arrived, .woke: since[task] = moment
    case .blocked: lose(task)
    case .exited: lose(task)
    case .stopped:
      stopped.insert(task)
      if task == runners.last { hasLost = true }
    case .continued:
      stopped.remove(task)
      if since[task] != nil { since[task] = moment }
    case .dispatched:
      beside = since.keys.filter { $0 != task && !stopped.contains($0) }.sorted()
      couldGoOn = !hasLost
      hasLost = false
      runners = runners.suffix(1) + [task]
      step = event.tick
      since[task] = event.tick + 1
    default: break
    }
  }

  private func lose(_ task: TaskID) {
    since[task] = nil
    if task == runners.last { hasLost = true }
  }
}
