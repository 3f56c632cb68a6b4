import CorosHistory
package import CorosInsight
package import CorosKernel
package import CorosLanguage

// Questions about the past, answered without going there.

extension Session {
  /// Finds events of the past, by replaying the part of it that is asked for.
  ///
  /// - Parameters:
  ///   - query: Which events.
  ///   - body: Receives what is found, oldest first; false ends the search.
  /// - Throws: That it was interrupted, or that the run does not come out as it did.
  package func findEvents(
    _ query: EventQuery,
    _ body: @escaping (PastEvent) -> Bool
  ) throws(RequestFailure) {
    let isOver: Bool
    do throws(Divergence) {
      isOver = try machine.events(query, unless: isInterrupted, body)
    } catch {
      throw .diverged(error)
    }
    if !isOver { throw .interrupted }
  }

  /// All events of the past that a question asks for, oldest first.
  ///
  /// - Throws: That it was interrupted, or that the run does not come out as it did.
  package func events(_ query: EventQuery) throws(RequestFailure) -> [PastEvent] {
    let tally = Tally()
    try findEvents(query) { event in
      tally.events.append(event)
      return true
    }
    return tally.events
  }

  /// Counts events of the past for each value of a field, most first.
  ///
  /// - Throws: That it was interrupted, or that the run does not come out as it did.
  package func count(
    _ query: EventQuery,
    by field: PastEvent.Field
  ) throws(RequestFailure) -> [(value: String, count: Int)] {
    let tally = Tally()
    try findEvents(query) { event in
      tally.counts[event.value(of: field), default: 0] += 1
      return true
    }
    return tally.counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { ($0.key, $0.value) }
  }

  /// How many events of the past there are.
  ///
  /// - Throws: That it was interrupted, or that the run does not come out as it did.
  package func count(_ query: EventQuery) throws(RequestFailure) -> Int {
    let tally = Tally()
    try findEvents(query) { _ in
      tally.total += 1
      return true
    }
    return tally.total
  }

  /// Finds out which lines of their texts the tasks ran, by replaying these ticks.
  ///
  /// - Throws: That it was interrupted, or that the run does not come out as it did.
  package func lines(in range: Range<Tick>) throws(RequestFailure) -> LineHistory {
    let history: LineHistory?
    do throws(Divergence) {
      history = try machine.lines(in: range, unless: isInterrupted)
    } catch {
      throw .diverged(error)
    }
    guard let history else { throw .interrupted }
    return history
  }

  /// Counts the calls of a task, and who took the CPU from it, in a range of ticks.
  ///
  /// - Throws: That it was interrupted, or that the run does not come out as it did.
  package func tally(
    of task: TaskID,
    from: Tick?,
    to: Tick?
  ) throws(RequestFailure) -> TaskTally {
    let tally: TaskTally?
    do throws(Divergence) {
      tally = try machine.tally(of: task, from: from, to: to, unless: isInterrupted)
    } catch {
      throw .diverged(error)
    }
    guard let tally else { throw .interrupted }
    return tally
  }

  /// The spans of ticks in which a condition has held, up to the present.
  ///
  /// A span begins with the first tick at which the condition holds, and ends with the first at which it does no
  /// longer; nil while it still holds.
  ///
  /// - Parameter condition: Looked at between any two steps.
  /// - Returns: The spans, the first one first.
  /// - Throws: That it was interrupted, or that the run does not come out as it did.
  package func spans(
    of condition: MachineExpression
  ) throws(RequestFailure) -> [(from: Tick, to: Tick?)] {
    var spans: [(from: Tick, to: Tick?)] = []
    var holds = false
    let isOver: Bool
    do throws(Divergence) {
      isOver = try machine.visit(showsIdleTime: true, unless: isInterrupted) { scheduler in
        let now = condition.holds(scheduler)
        if now == holds { return }
        holds = now
        if now {
          spans.append((scheduler.now, nil))
        } else {
          spans[spans.count - 1].to = scheduler.now
        }
      }
    } catch {
      throw .diverged(error)
    }
    if !isOver { throw .interrupted }
    return spans
  }

  /// Shows the machine as it was at a tick, or will be in the recorded future, while `body` looks at it.
  ///
  /// - Parameters:
  ///   - tick: Which tick; the present one shows the present, with what is due now.
  ///   - withDue: Whether what is due at the tick has happened.
  ///   - body: Looks at the machine.
  /// - Throws: That the tick is not recorded, that it was interrupted, or that the run does not come out as it did.
  package func glance(
    atTick tick: Tick,
    withDue: Bool = true,
    _ body: () -> Void
  ) throws(RequestFailure) {
    let last = machine.tick(atMoment: machine.lastMoment)
    guard tick <= last else { throw .unreachable(.tick(tick, last: last)) }
    let isOver: Bool
    do throws(Divergence) {
      isOver = try machine.glance(atTick: tick, withDue: withDue, unless: isInterrupted, body)
    } catch {
      throw .diverged(error)
    }
    if !isOver { throw .interrupted }
  }
}

extension Session: PastView {
  package func preemptions(of task: TaskID) throws(ExpressionError) -> Int {
    let query = EventQuery(.kind(.preempted), of: task)
    do throws(RequestFailure) {
      return try count(query)
    } catch {
      throw ExpressionError("the past could not be looked at to its end")
    }
  }

  package func lastOutput(of task: TaskID) -> String? { output(of: task, last: 1)?.lines.last }
}

private final class Tally {
  var counts: [String: Int] = [:]
  var total = 0
  var events: [PastEvent] = []
}
