import CorosKernel

/// Keeps what every task was doing in every tick, from the events alone.
///
/// A change is kept, not a tick, so a task that runs for an hour costs one. Beyond a limit the
/// oldest changes are folded into the state that they led to, and their ticks are forgotten.
final class TimelineRecorder: Recorder {
  let interests: Event.Kinds = [.lives, .dispatches, .waits, .stops, .clock]
  /// The most changes kept.
  let limit: Int
  /// All that it knows; it travels with the machine.
  ///
  /// Not exclusivity-checked: it is touched at each step of each run, and nobody else is at work then.
  @exclusivity(unchecked) var memory = Memory()

  struct Memory {
    /// Ticks before this one are forgotten.
    fileprivate(set) var horizon: Tick = 0
    fileprivate var ring: ContiguousArray<TimelineChange> = []
    fileprivate var oldest = 0
    /// What the changes that are no longer kept have led to.
    fileprivate var base = TimelineFold()
    fileprivate var names: [TaskID: String] = [:]
    /// The task that has the CPU, as long as nothing else happens to it.
    fileprivate var runner: TaskID?
    /// The tick after the last dispatch.
    fileprivate var nextTick: Tick = 0
  }

  var memorySize: Int { memory.ring.count }

  /// Ticks before this one are forgotten.
  var horizon: Tick { memory.horizon }

  /// Makes an empty recorder; with the standard limit it holds 16 MB at the most, and the names.
  init(limit: Int = 1_000_000) {
    self.limit = max(1, limit)
  }

  // MARK: Listening

  func observe(_ event: Event) {
    switch event.action {
    case .dispatched:
      // Most ticks go to the task that had the last one, or end here.
      let goesOn = memory.runner == event.task && memory.nextTick == event.tick
      memory.nextTick = event.tick + 1
      if goesOn { return }
      memory.runner = event.task
      keep(TimelineChange(.ran, event.task, at: event.tick))
    case .clockJumped(let from):
      memory.runner = nil
      keep(TimelineChange(.idled, .operator, at: from))
    default:
      guard event.task != .operator, let kind = Self.kind(of: event.action) else { return }
      if case .spawned(let name, _) = event.action { memory.names[event.task] = name }
      if memory.runner == event.task { memory.runner = nil }
      // What happens in a step takes effect at its end.
      keep(TimelineChange(kind, event.task, at: max(event.tick, memory.nextTick)))
    }
  }

  private static func kind(of action: Event.Action) -> TimelineChange.Kind? {
    switch action {
    case .spawned: .spawned
    case .arrived: .arrived
    case .blocked(.arrival, _): .postponed
    case .blocked(.time, _): .slept
    case .blocked, .escaped: .waited
    case .woke: .woke
    case .stopped: .stopped
    case .continued: .continued
    case .exited: .exited
    default: nil
    }
  }

  private func keep(_ change: TimelineChange) {
    if memory.ring.count < limit { return memory.ring.append(change) }
    let dropped = memory.ring[memory.oldest]
    memory.base.apply(dropped) { _, _ in }
    if dropped.kind == .exited {
      memory.base.forget(dropped.task)
      memory.names[dropped.task] = nil
    }
    memory.ring[memory.oldest] = change
    memory.oldest = (memory.oldest + 1) % limit
    memory.horizon = max(memory.horizon, dropped.tick)
  }

  // MARK: Looking back

  /// The tasks that were there at some time within a range of ticks, by their ids, in O(changes kept).
  func tasks(in range: Range<Tick>, now: Tick) -> [TaskID] {
    var found: Swift.Set<TaskID> = []
    replay(until: now) { task, span in
      if span.from < range.upperBound, span.to > range.lowerBound { found.insert(task) }
    }
    return found.sorted()
  }

  /// What some tasks did within a range of ticks, in O(changes kept).
  ///
  /// - Parameters:
  ///   - tasks: Which tasks, in the order of the rows; those that nothing is known of are left out.
  ///   - range: Which ticks; spans are cut to it.
  ///   - now: The present tick.
  /// - Returns: One row a task.
  func rows(of tasks: [TaskID], in range: Range<Tick>, now: Tick) -> [TimelineRow] {
    var spans: [TaskID: [TimelineSpan]] = [:]
    for task in tasks { spans[task] = [] }
    let fold = replay(until: now) { task, span in
      guard spans[task] != nil else { return }
      spans[task]?.append(span, cutTo: range)
    }
    return tasks.compactMap { task in
      guard let figures = fold.figures(of: task, at: now) else { return nil }
      return TimelineRow(
        tid: task,
        name: memory.names[task] ?? "",
        spans: spans[task] ?? [],
        figures: figures
      )
    }
  }

  /// Whether anything is known of a task.
  func knows(_ task: TaskID) -> Bool { memory.names[task] != nil }

  @discardableResult
  private func replay(until now: Tick, _ sink: TimelineFold.Sink) -> TimelineFold {
    var fold = memory.base
    for change in memory.ring[memory.oldest...] { fold.apply(change, sink) }
    for change in memory.ring[..<memory.oldest] { fold.apply(change, sink) }
    fold.finish(at: now, sink)
    return fold
  }
}

extension [TimelineSpan] {
  /// Adds what of a span lies within a range, to the last one if that goes on.
  fileprivate mutating func append(_ span: TimelineSpan, cutTo range: Range<Tick>) {
    guard let span = span.cut(to: range) else { return }
    if let last, last.state == span.state, last.to == span.from {
      self[count - 1] = TimelineSpan(state: span.state, from: last.from, to: span.to)
    } else {
      append(span)
    }
  }
}
