package import CorosHistory
package import CorosKernel

/// A question about the past: which events, of which task, when.
package struct EventQuery {
  /// Which events.
  package enum Subject: Equatable, Sendable {
    case all
    case kind(EventKind)
    /// The calls of this name.
    case call(String)
    /// What the operator did.
    case acts
  }

  package var subject = Subject.all
  /// The task they happened to; nil for any.
  package var task: TaskID?
  /// The ticks, without the upper one; nil for an open end.
  package var from: Tick?
  package var to: Tick?

  package init(
    _ subject: Subject = .all,
    of task: TaskID? = nil,
    from: Tick? = nil,
    to: Tick? = nil
  ) {
    self.subject = subject
    self.task = task
    self.from = from
    self.to = to
  }

  /// The kinds of events that the answer is found among.
  fileprivate var kinds: Event.Kinds {
    switch subject {
    case .all: .all
    case .kind(let kind): kind.kinds
    case .call: .calls
    case .acts: [.lives, .stops, .calls]
    }
  }

  private func includes(_ tick: Tick) -> Bool {
    tick >= from ?? 0 && tick < to ?? .max
  }

  fileprivate func matches(_ event: Event) -> Bool {
    guard includes(event.tick) else { return false }
    if let task, event.task != task { return false }
    switch subject {
    case .all: return true
    case .kind(let kind): return event.action.kindWord == kind.word
    case .call(let name): return event.action.call?.name == name
    case .acts: return event.task == .operator || event.action.actor == .operator
    }
  }

  fileprivate func matches(preempted loser: TaskID, at tick: Tick) -> Bool {
    subject == .kind(.preempted) && includes(tick) && (task == nil || task == loser)
  }
}

extension TimeMachine {
  /// Answers a question about the past, by replaying the part of it that is asked for.
  ///
  /// - Parameters:
  ///   - query: The question.
  ///   - condition: Asked now and then; true gives up.
  ///   - body: Receives what is found, oldest first; false ends the search.
  /// - Returns: Whether the search came to its end.
  /// - Throws: `Divergence`.
  package func events(
    _ query: EventQuery,
    unless condition: () -> Bool,
    _ body: @escaping (PastEvent) -> Bool
  ) throws(Divergence) -> Bool {
    let (start, end) = moments(of: query)
    if query.subject == .kind(.preempted) {
      return try preemptions(query, unless: condition, body)
    }
    let listener = Listener(query.kinds) { event in
      query.matches(event) ? body(PastEvent(event)) : true
    }
    let isOver = try replay(from: start, to: end, for: listener) {
      !listener.isListening || condition()
    }
    return isOver != nil || !listener.isListening
  }

  /// The first moment and the last one that a question is about.
  private func moments(of query: EventQuery) -> (Int, Int) {
    let now = scheduler.now
    // The last moment before the range: what happened at its end belongs to the tick before.
    let start = query.from.map { max(0, moment(atTick: min($0, now)) - 1) } ?? 0
    let end = query.to.map { min(moment, moment(atTick: min($0, now))) } ?? moment
    return (start, end)
  }

  /// Looks after each step whether the CPU has been taken from a task; an observer hears all else.
  private func preemptions(
    _ query: EventQuery,
    for observer: (any Observer)? = nil,
    unless condition: () -> Bool,
    _ body: @escaping (PastEvent) -> Bool
  ) throws(Divergence) -> Bool {
    var known: (count: Int, runner: TaskID?)?
    var isListening = true
    let (start, end) = moments(of: query)
    let isOver = try visit(
      from: start,
      to: end,
      for: observer,
      unless: { !isListening || condition() }
    ) { scheduler in
      let runner = scheduler.lastDispatched
      // The step that has just been made took one tick.
      let tick = scheduler.now - 1
      if let known, scheduler.preemptions > known.count, let loser = known.runner, let runner,
        query.matches(preempted: loser, at: tick)
      {
        isListening = body(PastEvent(preempted: loser, by: runner, at: tick))
      }
      known = (scheduler.preemptions, runner)
    }
    return isOver || !isListening
  }
}

/// What a task did, and lost, in a part of the past.
package struct TaskTally {
  /// How often it made each system call.
  package fileprivate(set) var calls: [String: Int] = [:]
  /// How often each task took the CPU from it.
  package fileprivate(set) var losses: [TaskID: Int] = [:]
}

extension TimeMachine {
  /// Counts the calls of a task, and who took the CPU from it, in one replay.
  ///
  /// - Parameters:
  ///   - task: The task.
  ///   - from: The first tick that counts.
  ///   - to: The first that counts no longer; nil for the present.
  ///   - condition: Asked now and then; true gives up.
  /// - Returns: The counts; nil if it was given up.
  /// - Throws: `Divergence`.
  package func tally(
    of task: TaskID,
    from: Tick?,
    to: Tick?,
    unless condition: () -> Bool
  ) throws(Divergence) -> TaskTally? {
    let query = EventQuery(.kind(.calls), of: task, from: from, to: to)
    let counts = Counts()
    let listener = Listener(query.kinds) { event in
      if query.matches(event), let call = event.action.call {
        counts.tally.calls[call.name, default: 0] += 1
      }
      return true
    }
    let lost = EventQuery(.kind(.preempted), of: task, from: from, to: to)
    let isOver = try preemptions(lost, for: listener, unless: condition) { event in
      if let winner = event.by { counts.tally.losses[winner, default: 0] += 1 }
      return true
    }
    return isOver ? counts.tally : nil
  }

  private final class Counts {
    var tally = TaskTally()
  }
}

/// Passes events on until the receiver declines.
private final class Listener: Observer {
  let interests: Event.Kinds
  private(set) var isListening = true
  private let body: (Event) -> Bool

  init(_ interests: Event.Kinds, _ body: @escaping (Event) -> Bool) {
    self.interests = interests
    self.body = body
  }

  func observe(_ event: Event) {
    if isListening { isListening = body(event) }
  }
}
