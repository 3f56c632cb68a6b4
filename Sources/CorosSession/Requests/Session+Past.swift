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

  /// The spans of ticks in which a condition has held, up to the present.
  ///
  /// A span begins with the first tick at which the condition holds, and ends with the first at which it does no
  /// longer; nil while it still holds.
  ///
  /// - Parameter condition: Looked at between any two steps.
  /// - Throws: That it was interrupted, or that the run does not come out as it did.
  package func spans(
    of condition: MachineExpression
  ) throws(RequestFailure) -> [(from: Tick, to: Tick?)] {
    var spans: [(from: Tick, to: Tick?)] = []
    var holds = false
    let isOver: Bool
    do throws(Divergence) {
      isOver = try machine.visit(unless: isInterrupted) { scheduler in
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
  /// - Throws: That the tick is not recorded, that it was interrupted, or that the run does not come out as it did.
  package func glance(atTick tick: Tick, _ body: () -> Void) throws(RequestFailure) {
    let last = machine.tick(atMoment: machine.lastMoment)
    guard tick <= last else { throw .unreachable(.tick(tick, last: last)) }
    let isOver: Bool
    do throws(Divergence) {
      isOver = try machine.glance(at: machine.moment(atTick: tick), unless: isInterrupted, body)
    } catch {
      throw .diverged(error)
    }
    if !isOver { throw .interrupted }
  }
}

extension Session: PastView {
  package func preemptions(of task: TaskID) throws(ExpressionError) -> Int {
    var query = EventQuery()
    query.subject = .kind(.preempted)
    query.task = task
    let count = Count()
    do throws(RequestFailure) {
      try findEvents(query) { _ in
        count.value += 1
        return true
      }
    } catch {
      throw ExpressionError("the past could not be looked at to its end")
    }
    return count.value
  }

  package func lastOutput(of task: TaskID) -> String? { output(of: task, last: 1)?.lines.last }
}

private final class Count {
  var value = 0
}
