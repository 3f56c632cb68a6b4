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
    var places: [Slot: [String]] = [:]
    for handle in state.policy.order {
      places[handle.slot, default: []].append("ready")
      check(
        state[handle.slot].isQueued,
        "the policy holds task \(state[handle.slot].tid), not queued"
      )
    }
    if let holder = state.holder {
      places[holder.slot, default: []].append("ready")
      check(holder.ticksLeft > 0, "task \(state[holder.slot].tid) keeps the CPU for no tick")
    }
    for tid in [.operator] + live {
      guard let slot = state.liveSlot(of: tid) else { continue }
      for waiter in state.waitLinks.slots(of: state[slot].waiters) {
        places[waiter, default: []].append("task \(tid)")
      }
    }
    for (channel, queue) in state.channels {
      check(!queue.isEmpty, "an empty queue is kept for channel \(channel.name)")
      for waiter in state.waitLinks.slots(of: queue) {
        places[waiter, default: []].append(channel.name)
      }
    }

    var timers = 0
    var children: [TaskID: Int] = [:]
    for tid in [.operator] + live {
      guard let slot = state.liveSlot(of: tid) else { continue }
      let task = state[slot]
      let stands = places[slot] ?? []
      if tid != .operator { children[task.parent, default: 0] += 1 }
      check(!task.isDoomed, "task \(tid) is doomed and still there")
      check(task.coroutine != nil || tid == .operator, "task \(tid) has no coroutine")
      switch task.phase {
      case .running:
        check(false, "task \(tid) is running between two steps")
      case .ready:
        let expected = task.isStopped || tid == .operator ? [] : ["ready"]
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
        let expected: [String] =
          switch wait.reason {
          case .task, .channel: [wait.reason.description]
          case .anyChild, .time, .outside: []
          }
        check(stands == expected, "task \(tid) waits for \(wait.reason) and stands in \(stands)")
        check((wait.timer == nil) == (wait.deadline == nil), "task \(tid): half a deadline")
        if wait.timer != nil { timers += 1 }
        if case .anyChild = wait.reason {
          check(task.liveChildren > 0, "task \(tid) waits for a child and has none")
          check(task.endedChildren.first == nil, "task \(tid) was not told of an ended child")
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
    check(!isBusy, "the scheduler is inside a step")
    return faults
  }

  private func isHolder(_ slot: Slot) -> Bool {
    state.holder?.slot == slot
  }
}
