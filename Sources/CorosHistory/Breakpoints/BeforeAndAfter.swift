import CorosKernel

/// What breakpoints compare before and after a move.
struct BeforeAndAfter {
  private var states: [StateWatch] = []
  private var conditions: [ConditionWatch] = []
  private var values: [ValueWatch] = []

  private struct StateWatch {
    let number: Int
    let task: TaskID
    let wanted: TaskState.Kind
    var before: StateSnapshot?

    /// Whether the task has come to be in the wanted state.
    func hasEntered(_ after: StateSnapshot?, hasRun: Bool) -> Bool {
      switch wanted {
      // Between two moves hardly any task has the CPU.
      case .running: hasRun && before?.kind != .running
      // A task that has ended may have been forgotten at once.
      case .exited where after == nil: before.map { $0.kind != .exited } ?? false
      default: after?.kind == wanted && after != before
      }
    }
  }

  private struct ConditionWatch {
    let number: Int
    let condition: (Scheduler) -> Bool
    var before = false
  }

  private struct ValueWatch {
    let number: Int
    let value: (Scheduler) -> String
    var before = ""
  }

  /// Whether there is nothing to compare.
  var isEmpty: Bool { states.isEmpty && conditions.isEmpty && values.isEmpty }

  mutating func add(_ number: Int, _ task: TaskID, _ state: TaskState.Kind) {
    states.append(StateWatch(number: number, task: task, wanted: state))
  }

  mutating func add(_ number: Int, condition: @escaping (Scheduler) -> Bool) {
    conditions.append(ConditionWatch(number: number, condition: condition))
  }

  mutating func add(_ number: Int, value: @escaping (Scheduler) -> String) {
    values.append(ValueWatch(number: number, value: value))
  }

  /// Notes what is there now, to compare the next move with.
  mutating func lookBefore(_ scheduler: Scheduler) {
    if isEmpty { return }
    Self.lookAhead(scheduler) { scheduler in
      for index in states.indices {
        states[index].before = scheduler.stateSnapshot(of: states[index].task)
      }
      for index in conditions.indices {
        conditions[index].before = conditions[index].condition(scheduler)
      }
      for index in values.indices {
        values[index].before = values[index].value(scheduler)
      }
    }
  }

  private mutating func compareStates(
    _ scheduler: Scheduler,
    _ ran: TaskID,
    _ hits: inout [BreakpointHit]
  ) {
    for index in states.indices {
      let watch = states[index]
      let after = scheduler.stateSnapshot(of: watch.task)
      states[index].before = after
      if watch.hasEntered(after, hasRun: watch.task == ran) {
        let cause = BreakpointHit.Cause.entered(watch.wanted, from: watch.before?.kind)
        hits.append(BreakpointHit(watch.number, scheduler, task: watch.task, after: ran, cause))
      }
    }
  }

  /// Looks at the machine with all done that is due at the present tick: else a condition might seem to hold at a
  /// tick at which it does not.
  private static func lookAhead(_ scheduler: Scheduler, _ body: (Scheduler) -> Void) {
    if scheduler.hasDue, scheduler.foresee({ body(scheduler) }) { return }
    body(scheduler)
  }

  /// Compares at the beginning of a tick, once all is done that is due at it.
  mutating func compareInTick(_ scheduler: Scheduler, _ hits: inout [BreakpointHit]) {
    compareStates(scheduler, .operator, &hits)
    compareRest(scheduler, after: { _ in .operator }, values: { _, _ in .operator }, &hits)
  }

  /// Compares after a move in which a task ran; the operator stands for a move of the clock alone.
  mutating func compare(_ scheduler: Scheduler, _ ran: TaskID, _ hits: inout [BreakpointHit]) {
    let isDue = scheduler.hasDue
    let before = states
    compareStates(scheduler, ran, &hits)
    if isDue, !states.isEmpty {
      // What loses the CPU at once, to a preemption that is due, has not had it.
      for index in states.indices where states[index].before?.kind == .running {
        states[index].before = before[index].before
      }
      _ = scheduler.foresee { compareStates(scheduler, .operator, &hits) }
    }
    if conditions.isEmpty && values.isEmpty { return }
    // What the step has done, to tell it from what is due now.
    let held = isDue ? conditions.map { $0.condition(scheduler) } : []
    let texts = isDue ? values.map { $0.value(scheduler) } : []
    Self.lookAhead(scheduler) { scheduler in
      compareRest(
        scheduler,
        after: { isDue && !held[$0] ? .operator : ran },
        values: { isDue && texts[$0] != $1 ? .operator : ran },
        &hits
      )
    }
  }

  /// Compares conditions and values.
  ///
  /// - Parameters:
  ///   - scheduler: the machine.
  ///   - cause: the task whose step has made a condition true; the operator where it is due at this tick.
  ///   - change: the same for a value, and what it is now.
  ///   - hits: receives what is hit.
  private mutating func compareRest(
    _ scheduler: Scheduler,
    after cause: (Int) -> TaskID,
    values change: (Int, String) -> TaskID,
    _ hits: inout [BreakpointHit]
  ) {
    for index in conditions.indices {
      let holds = conditions[index].condition(scheduler)
      if holds && !conditions[index].before {
        hits.append(
          BreakpointHit(conditions[index].number, scheduler, after: cause(index), .held)
        )
      }
      conditions[index].before = holds
    }
    for index in values.indices {
      let (before, after) = (values[index].before, values[index].value(scheduler))
      guard after != before else { continue }
      values[index].before = after
      hits.append(
        BreakpointHit(
          values[index].number,
          scheduler,
          after: change(index, after),
          .changed(from: before, to: after)
        )
      )
    }
  }
}
