// The kernel checks itself.

extension Scheduler {
  /// Walks all there is and returns what does not agree; empty when all is well.
  ///
  /// For tests, after each step: every task is in exactly one state and at most one queue, tickets and
  /// queues agree, counts agree. Not to be called from inside a step. O(n).
  public func brokenInvariants() -> [String] {
    var faults: [String] = []
    func check(_ condition: Bool, _ fault: @autoclosure () -> String) {
      if !condition { faults.append(fault()) }
    }
    let live = state.liveTasks
    check(
      live.count == state.liveCount,
      "\(live.count) tasks in the table, \(state.liveCount) counted"
    )

    // Where each slot stands: every queue is walked once.
    var places = ContiguousArray<[Place]>(repeating: [], count: state.tasks.count)
    for handle in state.policy.current.order {
      guard state.tasks.isTaken(handle.slot) else {
        faults.append("the policy holds slot \(handle.index), which is nobody's")
        continue
      }
      places[handle.index].append(.ready)
      check(
        state[handle.slot].isQueued,
        "the policy holds task \(state[handle.slot].tid), not queued"
      )
    }
    if let holder = state.holder {
      places[Int(holder.slot.index)].append(.ready)
      check(holder.ticksLeft > 0, "task \(state[holder.slot].tid) keeps the CPU for no tick")
    }
    for tid in [.operator] + live {
      guard let slot = state.liveSlot(of: tid) else { continue }
      for waiter in state.waitLinks.slots(of: state[slot].waiters) {
        places[Int(waiter.index)].append(.waiting(.task(tid)))
      }
    }
    for (channel, queue) in state.channels {
      check(!queue.isEmpty, "an empty queue is kept for channel \(channel.name)")
      for waiter in state.waitLinks.slots(of: queue) {
        places[Int(waiter.index)].append(.waiting(.channel(channel)))
      }
    }

    var timers = 0
    var children: [TaskID: Int] = [:]
    for tid in [.operator] + live {
      guard let slot = state.liveSlot(of: tid) else { continue }
      let task = state[slot]
      let stands = places[Int(slot.index)]
      if tid != .operator { children[task.parent, default: 0] += 1 }
      let accounting = task.accounting()
      let parts =
        accounting.absent(now: state.now) + accounting.wait(now: state.now)
        + accounting.blocked(now: state.now) + accounting.stopped(now: state.now)
        + accounting.dispatches
      check(
        tid == .operator || parts == state.now - accounting.creation,
        "task \(tid): \(parts) ticks accounted for, of \(state.now - accounting.creation)"
      )
      check(!task.isDoomed, "task \(tid) is doomed and still there")
      check(!(task.coroutine is NoCoroutine) || tid == .operator, "task \(tid) has no coroutine")
      switch task.phase {
      case .running:
        check(false, "task \(tid) is running between two steps")
      case .ready:
        let expected = task.isStopped || tid == .operator ? [] : [Place.ready]
        check(stands == expected, "task \(tid) is ready and stands in \(stands)")
        check(
          tid == .operator
            || task.isQueued != (task.isStopped || isHolder(slot)),
          "task \(tid): whether it is queued is not kept as its state is"
        )
      case .waiting:
        guard let wait = task.wait else {
          check(false, "task \(tid) waits without a ticket")
          continue
        }
        let expected: [Place] =
          switch wait.reason {
          case .task, .channel: [.waiting(wait.reason)]
          case .anyChild, .time, .arrival, .outside: []
          }
        check(stands == expected, "task \(tid) waits for \(wait.reason) and stands in \(stands)")
        check((wait.timer == nil) == (wait.deadline == nil), "task \(tid): half a deadline")
        if wait.timer != nil { timers += 1 }
        if case .arrival = wait.reason {
          check(
            wait.deadline == task.arrival,
            "task \(tid) is new, and its timer is not for its arrival"
          )
          check(task.dispatches == 0, "task \(tid) has run before it arrived")
        }
        if case .anyChild = wait.reason {
          check(task.liveChildren > 0, "task \(tid) waits for a child and has none")
          // A call of an embedder's may wait for the next end and leave the earlier ones untold.
          check(
            task.endedChildren.first == nil || !(wait.call is WaitAnyChild),
            "task \(tid) was not told of an ended child"
          )
        }
      }
    }
    check(timers == state.armedTimers, "\(timers) deadlines, \(state.armedTimers) timers armed")
    for tid in [.operator] + live {
      guard let slot = state.liveSlot(of: tid) else { continue }
      let count = children[tid] ?? 0
      check(
        state[slot].liveChildren == count,
        "task \(tid) has \(count) live children, \(state[slot].liveChildren) counted"
      )
    }
    check(
      state.watched == state.policy.current.interests,
      "the policy wants to know something else than it is told"
    )
    check(!isBusy, "the scheduler is inside a step")
    return faults
  }

  /// A queue that a task can stand in.
  private enum Place: Equatable, CustomStringConvertible {
    case ready
    case waiting(WaitReason)

    var description: String {
      switch self {
      case .ready: "ready"
      case .waiting(let reason): reason.description
      }
    }
  }

  private func isHolder(_ slot: Slot) -> Bool {
    state.holder?.slot == slot
  }
}
