package import CorosKernel
import CorosLanguage

/// Records what every task did in every tick, from events alone.
///
/// It stores changes, not ticks: a task that runs for an hour costs one. Beyond a limit, the oldest changes
/// are folded into the state they led to, and their ticks are forgotten.
package final class TimelineRecorder: Recorder {
  package let interests: Event.Kinds = [.lives, .dispatches, .waits, .stops, .clock]
  /// The maximum number of stored changes.
  package let limit: Int
  /// Everything the recorder knows; it travels in time with the machine.
  ///
  /// Without exclusivity checks: each step of each run accesses it, and never two accesses at once.
  @exclusivity(unchecked) private var kept = Memory()

  package var memory: Memory {
    get { kept }
    set {
      kept = newValue
      window = nil
    }
  }

  /// Where the last query of recent ticks began, and the state at that point.
  private var window: (changes: Int, fold: TimelineFold)?

  package struct Memory {
    /// Earlier ticks are forgotten.
    fileprivate(set) var horizon: Tick = 0
    fileprivate var ring: ContiguousArray<TimelineChange> = []
    fileprivate var oldest = 0
    /// The number of changes that are no longer stored.
    fileprivate var dropped = 0
    /// The state that the forgotten changes led to.
    fileprivate var base = TimelineFold()
    fileprivate var names: [TaskID: String] = [:]
    /// The task that has the CPU, until something else happens to it.
    fileprivate var runner: TaskID?
    /// The tick after the last dispatch.
    fileprivate var nextTick: Tick = 0
  }

  package var memorySize: Int { kept.ring.count }

  /// Earlier ticks are forgotten.
  package var horizon: Tick { kept.horizon }

  /// Makes an empty recorder.
  ///
  /// With the default limit it takes at most 16 MB, plus the names.
  package init(limit: Int = 1_000_000) {
    self.limit = max(1, limit)
  }

  // MARK: Listening

  package func observe(_ event: Event) {
    switch event.action {
    case .dispatched: observeDispatch(of: event.task, at: event.tick, number: event.number)
    case .clockJumped(let from):
      kept.runner = nil
      keep(TimelineChange(.idled, .operator, at: from))
    case .switching:
      kept.runner = nil
      keep(TimelineChange(.switching, event.task, at: event.tick))
    default:
      guard event.task != .operator, let kind = Self.kind(of: event.action) else { return }
      if case .spawned(let name, _) = event.action { kept.names[event.task] = name }
      if kept.runner == event.task { kept.runner = nil }
      // Changes within a step take effect at its end.
      keep(TimelineChange(kind, event.task, at: max(event.tick, kept.nextTick)))
    }
  }

  package func observeDispatch(of task: TaskID, at tick: Tick, number: Int) {
    let goesOn = kept.runner == task && kept.nextTick == tick
    kept.nextTick = tick &+ 1
    if goesOn { return }
    kept.runner = task
    keep(TimelineChange(.ran, task, at: tick))
  }

  private static func kind(of action: Event.Action) -> TimelineChange.Kind? {
    switch action {
    case .spawned: .spawned
    case .arrived: .arrived
    case .blocked(.arrival, _): .postponed
    case .blocked(.time, _): .slept
    case .blocked(.object(let place), _) where place.isLock: .waitedForLock
    case .blocked, .escaped: .waited
    case .woke: .woke
    case .stopped: .stopped
    case .continued: .continued
    case .exited(.exited): .exited
    case .exited(.failed): .failed
    case .exited: .killed
    default: nil
    }
  }

  private func keep(_ change: TimelineChange) {
    if kept.ring.count < limit { return kept.ring.append(change) }
    let dropped = kept.ring[kept.oldest]
    kept.base.apply(dropped) { _, _ in }
    if dropped.isEnd {
      kept.base.forget(dropped.task)
      kept.names[dropped.task] = nil
    }
    kept.ring[kept.oldest] = change
    kept.oldest = kept.oldest + 1 == limit ? 0 : kept.oldest + 1
    kept.dropped += 1
    kept.horizon = max(kept.horizon, dropped.tick)
  }

  // MARK: Looking back

  /// The tasks that existed at some time within a range of ticks, by id, in O(changes stored).
  package func tasks(in range: Range<Tick>, now: Tick) -> [TaskID] {
    var found: Swift.Set<TaskID> = []
    replay(until: now) { task, span in
      if span.from < range.upperBound, span.to > range.lowerBound { found.insert(task) }
    }
    return found.sorted()
  }

  /// What some tasks did within a range of ticks, in O(changes stored).
  ///
  /// - Parameters:
  ///   - tasks: The tasks, in the order of the rows; unknown tasks are left out.
  ///   - range: The ticks; spans are clipped to them.
  ///   - now: The present tick.
  /// - Returns: One row per task.
  package func rows(of tasks: [TaskID], in range: Range<Tick>, now: Tick) -> [TimelineRow] {
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
        name: kept.names[task] ?? "",
        spans: spans[task] ?? [],
        figures: figures
      )
    }
  }

  /// The rows of the tasks that had the CPU most recently, ordered by task id.
  ///
  /// Repeated queries cost the changes since the last one, and O(live tasks): the part before the range is
  /// not folded again.
  ///
  /// - Parameters:
  ///   - range: The ticks, up to the present.
  ///   - most: The maximum number of tasks.
  ///   - favourite: A task to include even if it did not have the CPU.
  /// - Returns: One row per task.
  package func recentRows(in range: Range<Tick>, most: Int, favourite: TaskID?) -> [TimelineRow] {
    let count = kept.ring.count
    var first = count
    while first > 0, change(first - 1).tick >= range.lowerBound { first -= 1 }
    var (start, fold) = window.map { ($0.changes - kept.dropped, $0.fold) } ?? (0, kept.base)
    if start < 0 || start > first { (start, fold) = (0, kept.base) }
    // Leaves only one reference to the fold, so that a change does not copy it.
    window = nil
    for index in start..<first { fold.apply(change(index)) { _, _ in } }
    window = (first + kept.dropped, fold)
    func tell(_ sink: TimelineFold.Sink) -> TimelineFold {
      var fold = fold
      for index in first..<count { fold.apply(change(index), sink) }
      fold.finish(at: range.upperBound, sink)
      return fold
    }
    var lastRuns: [TaskID: Tick] = [:]
    _ = tell { task, span in
      if span.state == .running, span.to > range.lowerBound { lastRuns[task] = span.to }
    }
    if let favourite { lastRuns[favourite] = .max }
    let chosen = lastRuns.sorted { ($0.value, $0.key) > ($1.value, $1.key) }.prefix(max(0, most))
    var spans: [TaskID: [TimelineSpan]] = [:]
    for (task, _) in chosen { spans[task] = [] }
    let end = tell { task, span in
      if spans[task] != nil { spans[task]?.append(span, cutTo: range) }
    }
    return spans.keys.sorted().compactMap { task in
      guard let figures = end.figures(of: task, at: range.upperBound) else { return nil }
      return TimelineRow(
        tid: task,
        name: kept.names[task] ?? "",
        spans: spans[task] ?? [],
        figures: figures
      )
    }
  }

  /// The ticks of a range in which no task had the CPU, nor was it being switched to one; in O(changes stored).
  package func idleTime(in range: Range<Tick>, now: Tick) -> [TimelineSpan] {
    var busy: [TimelineSpan] = []
    replay(until: now) { _, span in
      if span.state == .running || span.state == .switching { busy.append(span, cutTo: range) }
    }
    var idle: [TimelineSpan] = []
    var tick = range.lowerBound
    for span in busy.sorted(by: { $0.from < $1.from }) {
      // Idle time is what an idle task would run.
      if span.from > tick { idle.append(TimelineSpan(state: .running, from: tick, to: span.from)) }
      tick = max(tick, span.to)
    }
    let end = min(range.upperBound, now)
    if end > tick { idle.append(TimelineSpan(state: .running, from: tick, to: end)) }
    return idle
  }

  /// A stored change by age: 0 is the oldest.
  private func change(_ index: Int) -> TimelineChange {
    kept.ring[(kept.oldest + index) % kept.ring.count]
  }

  /// Whether the task is known.
  package func knows(_ task: TaskID) -> Bool { kept.names[task] != nil }

  /// Tells all that the tasks did, span by span, in O(changes kept).
  package func tellSpans(until now: Tick, _ sink: (TaskID, TimelineSpan) -> Void) {
    replay(until: now, sink)
  }

  @discardableResult
  private func replay(until now: Tick, _ sink: TimelineFold.Sink) -> TimelineFold {
    var fold = kept.base
    for change in kept.ring[kept.oldest...] { fold.apply(change, sink) }
    for change in kept.ring[..<kept.oldest] { fold.apply(change, sink) }
    fold.finish(at: now, sink)
    return fold
  }
}

extension [TimelineSpan] {
  /// Adds the part of a span that lies within a range; extends the last span if it continues.
  fileprivate mutating func append(_ span: TimelineSpan, cutTo range: Range<Tick>) {
    guard let span = span.cut(to: range) else { return }
    if let last, last.state == span.state, last.to == span.from {
      self[count - 1] = TimelineSpan(state: span.state, from: last.from, to: span.to)
    } else {
      append(span)
    }
  }
}
