// Who waits, for what, and until when.

extension KernelState {
  /// Puts a task that is in no queue into the wait queue of its reason, and arms its timer.
  func block(
    _ slot: Slot,
    on reason: WaitReason,
    until deadline: Tick?,
    call: any SystemCall,
    at now: Tick
  ) {
    endTurn(of: slot, .blocked, at: now)
    switch reason {
    case .task(let target):
      guard case .live(let targetSlot)? = directory[target] else {
        preconditionFailure("a task blocked on task \(target), which is not alive")
      }
      waitLinks.append(slot, to: &tasks[targetSlot].waiters)
    case .channel(let channel):
      waitLinks.append(slot, to: &channels[channel, default: ChannelQueue()])
    case .io:
      devices.begin(at: now)
    case .anyChild, .time, .arrival, .outside:
      break  // Found through the parent, the timer, and the coroutine itself.
    }
    let timer = deadline.map { timers.arm(slot, at: $0) }
    lastWait += 1
    self[slot].beginWaiting(
      Wait(
        reason: reason,
        call: call,
        since: now,
        deadline: deadline,
        number: lastWait,
        timer: timer
      )
    )
  }

  /// Undoes a block: the one way out of every wait queue; the task is then in none.
  func release(_ slot: Slot, at now: Tick) -> Wait {
    guard let wait = self[slot].endWaiting() else {
      preconditionFailure("task \(self[slot].tid) was woken and does not wait")
    }
    switch wait.reason {
    case .task(let target):
      if case .live(let targetSlot)? = directory[target] {
        waitLinks.remove(slot, from: &tasks[targetSlot].waiters)
      }
    case .channel(let channel):
      waitLinks.remove(slot, from: &channels[channel, default: ChannelQueue()])
      if channels[channel]?.count == 0 { channels[channel] = nil }
    case .io:
      devices.end(at: now)
    case .anyChild, .time, .arrival, .outside:
      break
    }
    if wait.timer != nil { timers.noteDisarmed(isArmed: isArmed) }
    return wait
  }

  /// Takes the operator out of the queue that it waits in, if it waits.
  func giveUpOperatorsCall() {
    guard self[.operator].wait != nil else { return }
    _ = release(.operator, at: now)
    makeReady(.operator, at: now)
  }

  /// Who has waited longest on a channel.
  func firstWaiter(on channel: WaitChannel) -> Slot? {
    channels[channel]?.slots.head
  }

  // MARK: Time

  /// When the next timer is due; nil when none is armed.
  func nextDeadline() -> Tick? {
    earliestTimer()?.deadline
  }

  /// The same for those who only look: whatever is stale stays where it is.
  var nextDeadlineAtAGlance: Tick? {
    var timers = timers
    return timers.armedCount > 0 ? timers.earliest(isArmed: isArmed)?.deadline : nil
  }

  /// The slot of the next task whose deadline has come; it stands in its wait queue until released.
  func nextExpired() -> Slot? {
    guard let (slot, deadline) = earliestTimer(), deadline <= now else { return nil }
    return slot
  }

  var armedTimers: Int { timers.armedCount }

  private func earliestTimer() -> (slot: Slot, deadline: Tick)? {
    guard timers.armedCount > 0 else { return nil }
    return timers.earliest(isArmed: isArmed)
  }

  /// Whether a task still holds a timer's number; a question to the table, not to the queue of timers.
  private var isArmed: (Slot, TimerQueue.Number) -> Bool {
    { slot, timer in self.tasks.wait(in: slot)?.timer == timer }
  }
}
