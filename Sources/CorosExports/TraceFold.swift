import CorosInsight
import CorosKernel
import CorosLanguage

/// Turns events into slices, arrows and counters; it keeps the state of the live tasks.
struct TraceFold {
  private struct Track {
    var state = State.ready
    var isStopped = false
    /// The tick at which the present state began.
    var since: Tick
    /// Whether the slice of the task's life has begun.
    var isOpen = false
    var name: String
    var parent: TaskID
    /// The arrows that end at the task's next slice.
    var arrows: [Arrow] = []

    var isReady: Bool { if case .ready = state { !isStopped } else { false } }
  }

  /// An arrow from a task's call to its effect on another task.
  private struct Arrow {
    let id: Int
    let name: String
  }

  private enum State {
    case new
    case ready
    case running
    /// With a word for the state, and the reason.
    case blocked(String, String)

    var word: String {
      switch self {
      case .new: "new"
      case .ready: "ready"
      case .running: "running"
      case .blocked(let word, _): word
      }
    }
  }

  private var tracks: [TaskID: Track] = [:]
  private var locks = LockTracks()
  private var text = ""
  /// The last known task with the CPU, and the end of its last tick.
  private var runner: TaskID?
  private var endOfTick: Tick = 0
  /// The events of the step in progress: the slice of the call must come before its effects.
  private var step: [Event] = []
  private var arrowCount = 0
  private var counted = 0
  private var countedTick: Tick = 0
  private var shownReady = 0
  private var readyCount = 0

  /// Receives the next event.
  mutating func take(_ event: Event) {
    if let first = step.first {
      if event.action != .dispatched, event.tick == first.tick { return step.append(event) }
      endStep()
    }
    if event.action == .dispatched {
      step = [event]
    } else {
      // Named while the task is still known.
      locks.take(event)
      showLocks(at: event.tick)
      apply(event, at: event.tick)
      count(at: event.tick)
    }
  }

  private mutating func showLocks(at tick: Tick) {
    let names = tracks
    var lines: [JSON] = []
    locks.flush(at: tick, name: { names[$0]?.name }) { lines.append($0) }
    for line in lines { emit(line) }
  }

  /// Ends all open slices.
  mutating func finish(at now: Tick) {
    endStep()
    showCount()
    for tid in tracks.keys.sorted() {
      guard let track = tracks[tid] else { continue }
      close(tid, at: now, ["state": .string(track.state.word)])
    }
    var lines: [JSON] = []
    locks.finish(at: now) { lines.append($0) }
    for line in lines { emit(line) }
  }

  /// The text that has accumulated since the last call.
  mutating func takeText() -> String {
    defer { text.removeAll(keepingCapacity: true) }
    return text
  }

  // MARK: Steps

  private mutating func endStep() {
    guard let dispatch = step.first else { return }
    let events = step.dropFirst()
    step.removeAll(keepingCapacity: true)
    let (task, tick) = (dispatch.task, dispatch.tick)
    run(task, at: tick)
    // The task that has the CPU in this tick no longer counts as ready in it.
    count(at: tick)
    endOfTick = tick + 1
    showCall(of: task, at: tick, events)
    // Finds all arrows before a task ends: an end, which wakes other tasks, closes its track as well.
    let begun = events.map { arrows(to: $0, from: task, at: tick, in: events) }
    for event in events { locks.take(event) }
    showLocks(at: tick + 1)
    for (event, arrows) in zip(events, begun) {
      // Changes within a step take effect at its end.
      apply(event, at: tick + 1)
      tracks[event.task]?.arrows += arrows
    }
    count(at: tick + 1)
  }

  /// Gives the CPU to a task.
  private mutating func run(_ task: TaskID, at tick: Tick) {
    if runner == task, endOfTick == tick, case .running? = tracks[task]?.state { return }
    if let runner, runner != task, case .running? = tracks[runner]?.state {
      change(runner, to: .ready, at: endOfTick)
    }
    change(task, to: .running, at: tick)
    runner = task
  }

  private mutating func showCall(of task: TaskID, at tick: Tick, _ events: ArraySlice<Event>) {
    var name = "ends"
    var details: [(String, JSON)] = []
    for event in events where event.task == task {
      switch event.action {
      case .trapped(let call):
        name = call.name
        if !call.arguments.isEmpty { details.append(("arguments", .string(call.arguments))) }
        if let line = call.line { details.append(("line", .int(line))) }
      case .replied(let reply) where reply != .nothing:
        details.append(("reply", .string(reply.description)))
      case .refused(let error): details.append(("error", .string(error)))
      case .escaped: name = "awaits something outside"
      case .exited(let status): details.append(("status", .string(status.description)))
      default: break
      }
    }
    slice(name, of: task, from: tick, to: tick + 1, .object(details))
  }

  /// Begins the arrows from a task's call, if the call affects another task: also one for each lock that it gives it.
  private mutating func arrows(
    to event: Event,
    from task: TaskID,
    at tick: Tick,
    in events: ArraySlice<Event>
  ) -> [Arrow] {
    switch event.action {
    case .woke where tracks[event.task] != nil:
      let gifts = events.filter { $0.task == event.task && $0.task != task }.compactMap { event in
        if case .acquired(let place, _) = event.action { "gives \(place.name)" } else { nil }
      }
      return (["wakes"] + gifts).map { begin($0, from: task, at: tick) }
    case .spawned: return [begin("creates", from: task, at: tick)]
    default: return []
    }
  }

  private mutating func begin(_ name: String, from task: TaskID, at tick: Tick) -> Arrow {
    arrowCount += 1
    emit([
      "ph": "s", "cat": "cause", "id": .int(arrowCount), "name": .string(name), "pid": 1,
      "tid": .int(task.rawValue), "ts": .int(tick),
    ])
    return Arrow(id: arrowCount, name: name)
  }

  // MARK: Changes

  private mutating func apply(_ event: Event, at tick: Tick) {
    let task = event.task
    switch event.action {
    case .spawned(let name, let parent):
      tracks[task] = Track(since: tick, name: name, parent: parent)
      readyCount += 1
    case .arrived: change(task, to: .ready, at: tick)
    case .blocked(.arrival, _): change(task, to: .new, at: tick)
    case .blocked(.time, let deadline):
      change(
        task,
        to: .blocked("sleeping", EventWords.waiting(for: .time, until: deadline)),
        at: tick
      )
    case .blocked(let reason, let deadline):
      let words = EventWords.waiting(for: reason, until: deadline)
      change(task, to: .blocked("waiting", words), at: tick)
    case .escaped: change(task, to: .blocked("waiting", "something outside"), at: tick)
    case .woke: change(task, to: .ready, at: tick)
    case .stopped(let by):
      setStopped(task, true, at: tick)
      mark("stopped", task, at: tick, by)
    case .continued(let by):
      setStopped(task, false, at: tick)
      mark("continued", task, at: tick, by)
    case .killed(let by): mark("killed", task, at: tick, by)
    case .gaveUp: mark("cut off", task, at: tick, nil)
    case .exited(let status):
      close(task, at: tick, ["status": .string(status.description)])
    case .cancelled(let by, _): mark("cancelled", task, at: tick, by)
    case .noted(let note): mark("note: \(note)", task, at: tick, nil)
    case .dispatched, .trapped, .replied, .refused, .wrote, .resisted, .switching, .clockJumped,
      .acquired, .released, .abandoned, .touched, .detail:
      break
    }
  }

  private mutating func change(_ task: TaskID, to state: State, at tick: Tick) {
    guard tracks[task] != nil else { return }
    endSlice(of: task, at: tick)
    edit(task) { $0.state = state }
    if case .running = state { begin(running: task, at: tick) }
  }

  private mutating func setStopped(_ task: TaskID, _ isStopped: Bool, at tick: Tick) {
    interrupt(task, at: tick)
    edit(task) { $0.isStopped = isStopped }
  }

  /// Ends the open slice because something happens to the task; the slice may begin again.
  private mutating func interrupt(_ task: TaskID, at tick: Tick) {
    guard let track = tracks[task] else { return }
    endSlice(of: task, at: tick)
    if case .running = track.state { edit(task) { $0.state = .ready } }
  }

  private mutating func edit(_ task: TaskID, _ change: (inout Track) -> Void) {
    guard var track = tracks[task] else { return }
    if track.isReady { readyCount -= 1 }
    change(&track)
    if track.isReady { readyCount += 1 }
    tracks[task] = track
  }

  // MARK: Slices

  /// Writes the slice of the present state, up to now.
  private mutating func endSlice(of task: TaskID, at tick: Tick) {
    guard let track = tracks[task] else { return }
    tracks[task]?.since = tick
    if case .new = track.state { return }
    if case .running = track.state, !track.isStopped {
      return emit(["ph": "E", "pid": 1, "tid": .int(task.rawValue), "ts": .int(tick)])
    }
    guard tick > track.since else { return }
    open(task, at: track.since)
    let details: JSON =
      if case .blocked(_, let what) = track.state { ["for": .string(what)] } else { [:] }
    slice(
      track.isStopped ? "stopped" : track.state.word,
      of: task,
      from: track.since,
      to: tick,
      details
    )
    landArrows(on: task, at: track.since)
  }

  private mutating func begin(running task: TaskID, at tick: Tick) {
    open(task, at: tick)
    emit([
      "ph": "B", "name": "running", "cat": "state", "pid": 1, "tid": .int(task.rawValue),
      "ts": .int(tick),
    ])
    landArrows(on: task, at: tick)
  }

  /// Begins a task's track, with the slice of its life.
  private mutating func open(_ task: TaskID, at tick: Tick) {
    guard let track = tracks[task], !track.isOpen else { return }
    tracks[task]?.isOpen = true
    let tid = JSON.int(task.rawValue)
    emit([
      "ph": "M", "pid": 1, "tid": tid, "ts": .int(tick), "name": "thread_name",
      "args": ["name": .string("\(task) \(track.name)")],
    ])
    emit([
      "ph": "M", "pid": 1, "tid": tid, "ts": .int(tick), "name": "thread_sort_index",
      "args": ["sort_index": tid],
    ])
    emit([
      "ph": "B", "name": .string(track.name), "cat": "task", "pid": 1, "tid": tid,
      "ts": .int(tick), "args": ["task": tid, "parent": .int(track.parent.rawValue)],
    ])
  }

  /// Ends a task's track.
  private mutating func close(_ task: TaskID, at tick: Tick, _ details: JSON) {
    endSlice(of: task, at: tick)
    guard let track = tracks[task] else { return }
    if case .new = track.state, !track.isOpen {
      // The task never arrived, or has not yet: there is nothing to show.
    } else {
      open(task, at: tick)
      landArrows(on: task, at: tick)
      emit(["ph": "E", "pid": 1, "tid": .int(task.rawValue), "ts": .int(tick), "args": details])
    }
    edit(task) { $0.state = .new }
    tracks[task] = nil
    if runner == task { runner = nil }
  }

  private mutating func landArrows(on task: TaskID, at tick: Tick) {
    for arrow in tracks[task]?.arrows ?? [] {
      emit([
        "ph": "f", "bp": "e", "cat": "cause", "id": .int(arrow.id), "name": .string(arrow.name),
        "pid": 1,
        "tid": .int(task.rawValue), "ts": .int(tick),
      ])
    }
    tracks[task]?.arrows = []
  }

  private mutating func slice(
    _ name: String,
    of task: TaskID,
    from start: Tick,
    to end: Tick,
    _ details: JSON
  ) {
    emit([
      "ph": "X", "name": .string(name), "cat": "state", "pid": 1, "tid": .int(task.rawValue),
      "ts": .int(start), "dur": .int(end - start), "args": details,
    ])
  }

  /// Marks a moment in a task's life, and who caused it.
  private mutating func mark(_ name: String, _ task: TaskID, at tick: Tick, _ by: TaskID?) {
    guard tracks[task] != nil else { return }
    interrupt(task, at: tick)
    open(task, at: tick)
    emit([
      "ph": "i", "s": "t", "name": .string(name), "cat": "mark", "pid": 1,
      "tid": .int(task.rawValue), "ts": .int(tick), "args": ["by": .int(by?.rawValue)],
    ])
  }

  /// Counts the ready tasks from a tick on; within a tick only the final number is shown.
  private mutating func count(at tick: Tick) {
    if tick > countedTick { showCount() }
    countedTick = tick
    counted = readyCount
  }

  private mutating func showCount() {
    guard counted != shownReady else { return }
    shownReady = counted
    emit([
      "ph": "C", "name": "ready tasks", "pid": 1, "tid": 0, "ts": .int(countedTick),
      "args": ["ready": .int(counted)],
    ])
  }

  private mutating func emit(_ json: JSON) {
    text += ",\n"
    json.write(into: &text)
  }
}
