package import CorosKernel
import CorosLanguage

/// Keeps what every task was doing in every tick, from the events alone.
///
/// A change is kept, not a tick, so a task that runs for an hour costs one. Beyond a limit the
/// oldest changes are folded into the state that they led to, and their ticks are forgotten.
package final class TimelineRecorder: Recorder {
  package let interests: Event.Kinds = [.lives, .dispatches, .waits, .stops, .clock]
  /// The most changes kept.
  package let limit: Int
  /// All that it knows; it travels with the machine.
  ///
  /// Not exclusivity-checked: it is touched at each step of each run, and nobody else is at work then.
  @exclusivity(unchecked) private var kept = Memory()

  package var memory: Memory {
    get { kept }
    set {
      kept = newValue
      window = nil
    }
  }

  /// Where the last look at recent ticks began, and what had led there.
  private var window: (changes: Int, fold: TimelineFold)?

  package struct Memory {
    /// Ticks before this one are forgotten.
    fileprivate(set) var horizon: Tick = 0
    fileprivate var ring: ContiguousArray<TimelineChange> = []
    fileprivate var oldest = 0
    /// How many changes are no longer kept.
    fileprivate var dropped = 0
    /// What the changes that are no longer kept have led to.
    fileprivate var base = TimelineFold()
    fileprivate var names: [TaskID: String] = [:]
    /// The task that has the CPU, as long as nothing else happens to it.
    fileprivate var runner: TaskID?
    /// The tick after the last dispatch.
    fileprivate var nextTick: Tick = 0
  }

  package var memorySize: Int { kept.ring.count }

  /// Ticks before this one are forgotten.
  package var horizon: Tick { kept.horizon }

  /// Makes an empty recorder; with the standard limit it holds 16 MB at the most, and the names.
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
      // What happens in a step takes effect at its end.
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
    case .blocked, .escaped: .waited
    case .woke: .woke
    case .stopped: .stopped
    case .continued: .continued
    case .exited: .exited
    default: nil
    }
  }

  private func keep(_ change: TimelineChange) {
    if kept.ring.count < limit { return kept.ring.append(change) }
    let dropped = kept.ring[kept.oldest]
    kept.base.apply(dropped) { _, _ in }
    if dropped.kind == .exited {
      kept.base.forget(dropped.task)
      kept.names[dropped.task] = nil
    }
    kept.ring[kept.oldest] = change
    kept.oldest = kept.oldest + 1 == limit ? 0 : kept.oldest + 1
    kept.dropped += 1
    kept.horizon = max(kept.horizon, dropped.tick)
  }

  // MARK: Looking back

  /// The tasks that were there at some time within a range of ticks, by their ids, in O(changes kept).
  package func tasks(in range: Range<Tick>, now: Tick) -> [TaskID] {
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

  /// What those tasks did in the last ticks that had the CPU last, in the order of their ids.
  ///
  /// To look again and again costs what has changed since, and O(live tasks): what lies before the range is
  /// not told again.
  ///
  /// - Parameters:
  ///   - range: Which ticks, up to the present.
  ///   - most: How many tasks at the most.
  ///   - favourite: A task that is among them whether or not it had the CPU.
  /// - Returns: One row a task.
  package func recentRows(in range: Range<Tick>, most: Int, favourite: TaskID?) -> [TimelineRow] {
    let count = kept.ring.count
    var first = count
    while first > 0, change(first - 1).tick >= range.lowerBound { first -= 1 }
    var (start, fold) = window.map { ($0.changes - kept.dropped, $0.fold) } ?? (0, kept.base)
    if start < 0 || start > first { (start, fold) = (0, kept.base) }
    // Held once only, lest it be copied to be changed.
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

  /// A change by its age: 0 is the oldest kept.
  private func change(_ index: Int) -> TimelineChange {
    kept.ring[(kept.oldest + index) % kept.ring.count]
  }

  /// Whether anything is known of a task.
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
