package import CorosHistory
package import CorosKernel

/// Which lines of their texts tasks ran, and when.
package struct LineHistory: Equatable, Sendable {
  /// A step in a line of a text.
  package struct Step: Equatable, Sendable {
    package let tick: Tick
    package let line: Int

    package init(tick: Tick, line: Int) {
      self.tick = tick
      self.line = line
    }
  }

  /// A program that is a text.
  package struct Source: Equatable, Sendable {
    package let name: String
    package let text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// The steps of each task that runs a text, oldest first.
  package internal(set) var steps: [TaskID: [Step]] = [:]
  /// The text that each of these tasks runs.
  package internal(set) var sources: [TaskID: Source] = [:]

  package init(steps: [TaskID: [Step]] = [:], sources: [TaskID: Source] = [:]) {
    self.steps = steps
    self.sources = sources
  }
}

extension TimeMachine {
  /// Finds out which lines of their texts the tasks ran, by replaying these ticks.
  ///
  /// - Parameters:
  ///   - range: The ticks.
  ///   - condition: Asked now and then; true gives up.
  /// - Returns: What was found; nil when it was given up.
  /// - Throws: `Divergence` when the replay does not go as the recorded run did.
  package func lines(
    in range: Range<Tick>,
    unless condition: () -> Bool
  ) throws(Divergence) -> LineHistory? {
    let now = scheduler.now
    // What happened at the end of a tick belongs to the moment before.
    let start = max(0, moment(atTick: min(range.lowerBound, now)) - 1)
    let end = min(moment, moment(atTick: min(range.upperBound, now)))
    let listener = LineListener(range)
    let isOver = try visit(from: start, to: end, for: listener, unless: condition) {
      listener.look(at: $0)
    }
    return isOver ? listener.history : nil
  }
}

/// Notes lines while a run is replayed.
private final class LineListener: Observer {
  let interests: Event.Kinds = [.lives, .calls, .details]
  private(set) var history = LineHistory()
  private let range: Range<Tick>
  /// The tasks that are new since the last look; nil before the first one.
  private var new: [TaskID]?

  init(_ range: Range<Tick>) { self.range = range }

  func observe(_ event: Event) {
    switch event.action {
    case .spawned: new?.append(event.task)
    case .trapped(let call): note(call.line, event)
    // A step that fails before its call has a line, too.
    case .detail(.failed(let line)): note(line, event)
    default: break
    }
  }

  private func note(_ line: Int?, _ event: Event) {
    guard let line, range.contains(event.tick) else { return }
    history.steps[event.task, default: []].append(.init(tick: event.tick, line: line))
  }

  /// Notes what new tasks run: a task that has ended no longer tells.
  func look(at scheduler: Scheduler) {
    if new?.isEmpty == true { return }
    for task in new ?? scheduler.tasks().map(\.tid) {
      guard let program = scheduler.steppedProgram(of: task) else { continue }
      history.sources[task] = .init(name: program.programName, text: program.text)
    }
    new = []
  }
}
