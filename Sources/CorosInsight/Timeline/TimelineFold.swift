import CorosKernel

/// Turns a sequence of changes into spans.
///
/// A value: a copy taken midway continues from there, without the earlier changes.
struct TimelineFold {
  private struct Track {
    var figures: TimelineFigures
    var state = TimelineState.ready
    var isStopped = false
    /// The tick at which the present state began.
    var since: Tick

    var shown: TimelineState { isStopped && state != .new ? .stopped : state }

    mutating func losesCPU() {
      if state == .running || state == .switching { state = .ready }
    }

    mutating func end(_ state: TimelineState, at tick: Tick, _ task: TaskID, _ sink: Sink) {
      if tick > since {
        figures.count(tick - since, state)
        sink(task, TimelineSpan(state: state, from: since, to: tick))
      }
      since = tick
    }

    @inline(__always)
    mutating func edit(
      _ task: TaskID,
      _ tick: Tick,
      _ sink: Sink,
      _ change: (inout Track) -> Void
    ) {
      let (before, wasAlive) = (shown, figures.end == nil)
      change(&self)
      if wasAlive, shown != before || figures.end != nil { end(before, at: tick, task, sink) }
    }
  }

  /// Receives each span as it ends.
  typealias Sink = (TaskID, TimelineSpan) -> Void

  private var tracks = TaskMap<Track>()
  private var runner: TaskID?

  /// Applies a change, in O(1).
  mutating func apply(_ change: TimelineChange, _ sink: Sink) {
    let (task, tick) = (change.task, change.tick)
    switch change.kind {
    case .spawned:
      tracks[task] = Track(figures: TimelineFigures(arrival: tick), since: tick)
    case .postponed: edit(task, tick, sink) { $0.state = .new }
    case .arrived:
      edit(task, tick, sink) {
        $0.state = .ready
        $0.figures.arrival = tick
      }
    case .ran:
      takeCPU(from: task, tick, sink)
      runner = task
      edit(task, tick, sink) {
        $0.state = .running
        $0.figures.firstRun = $0.figures.firstRun ?? tick
      }
    case .switching:
      takeCPU(from: task, tick, sink)
      runner = task
      edit(task, tick, sink) { $0.state = .switching }
    case .idled: takeCPU(from: nil, tick, sink)
    case .waited: edit(task, tick, sink) { $0.state = .waiting }
    case .waitedForLock: edit(task, tick, sink) { $0.state = .locked }
    case .slept: edit(task, tick, sink) { $0.state = .sleeping }
    case .woke: edit(task, tick, sink) { $0.state = .ready }
    case .stopped:
      edit(task, tick, sink) {
        $0.losesCPU()
        $0.isStopped = true
      }
    case .continued: edit(task, tick, sink) { $0.isStopped = false }
    case .exited, .killed, .failed:
      edit(task, tick, sink) {
        $0.figures.end = tick
        $0.figures.ending =
          change.kind == .killed ? .killed : change.kind == .failed ? .failed : .exited
        $0.figures.hasArrived = $0.state != .new
      }
    }
  }

  /// Makes the task that had the CPU ready, unless it is the next one, too.
  private mutating func takeCPU(from next: TaskID?, _ tick: Tick, _ sink: Sink) {
    guard let runner, runner != next else { return }
    self.runner = nil
    edit(runner, tick, sink) { $0.losesCPU() }
  }

  @inline(__always)
  private mutating func edit(
    _ task: TaskID,
    _ tick: Tick,
    _ sink: Sink,
    _ change: (inout Track) -> Void
  ) {
    tracks.update(task) { $0.edit(task, tick, sink, change) }
  }

  /// Reports the spans that are still open, and keeps them open.
  func finish(at now: Tick, _ sink: Sink) {
    tracks.forEach { task, track in
      guard track.figures.end == nil else { return }
      var track = track
      track.end(track.shown, at: now, task, sink)
    }
  }

  /// Forgets a task that has ended.
  mutating func forget(_ task: TaskID) {
    tracks[task] = nil
  }

  /// The figures beside a task's row.
  func figures(of task: TaskID, at now: Tick) -> TimelineFigures? {
    guard let track = tracks[task] else { return nil }
    var figures = track.figures
    if figures.end == nil { figures.count(now - track.since, track.shown) }
    return figures
  }
}
