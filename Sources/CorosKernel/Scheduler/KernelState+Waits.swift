// Which tasks wait, for what, and until when.

extension KernelState {
  /// Puts a task that is in no queue into the wait queue of its reason, and arms its timer.
  mutating func block(
    _ slot: Slot,
    on reason: consuming WaitTarget,
    until deadline: Tick?,
    call: consuming PackedCall,
    at now: Tick
  ) {
    endTurn(of: slot, .blocked, at: now)
    var deviceTicks: Tick?
    switch copy reason {
    case .task(let target):
      guard case .live(let targetSlot)? = registry.directory[target] else {
        preconditionFailure("a task blocked on task \(target), which is not alive")
      }
      var waiters = self[targetSlot].waiters
      waits.links.append(slot, to: &waiters)
      self[targetSlot].waiters = waiters
    case .channel(let channel):
      waits.links.append(slot, to: &waits.channels[channel, default: ChannelQueue()])
    case .object(let object, let mode):
      objects.append(slot, to: object, for: mode)
      tellPriorities(at: now)
    case .anyOf(let places):
      for (number, place) in places.enumerated() {
        objects.append(
          slot,
          to: place.object,
          for: place.mode,
          alternative: number,
          isOneOfSeveral: true
        )
      }
      tellPriorities(at: now)
    case .io:
      deviceTicks = beginIO(slot, until: deadline, at: now)
    case .anyChild, .time, .arrival, .outside:
      break  // Found through the parent, the timer, and the coroutine itself.
    }
    let timer = deadline.map { waits.timers.arm(slot, at: $0) }
    waits.lastNumber += 1
    self[slot].beginWaiting(
      Wait(
        reason: reason,
        call: call,
        since: now,
        deadline: deadline,
        number: waits.lastNumber,
        timer: timer,
        deviceTicks: deviceTicks
      )
    )
  }

  /// The same in the queue of an object, and for as long as it takes: most waits of tasks that share something.
  @inline(__always)
  mutating func queue(
    _ slot: Slot,
    in object: ObjectID,
    for mode: UInt8,
    call: consuming PackedCall,
    at now: Tick
  ) {
    endTurn(of: slot, .blocked, at: now)
    objects.append(slot, to: object, for: mode)
    tellPriorities(at: now)
    waits.lastNumber += 1
    self[slot].beginWaiting(
      Wait(
        reason: .object(object, mode: mode),
        call: call,
        since: now,
        deadline: nil,
        number: waits.lastNumber,
        timer: nil
      )
    )
  }

  /// Undoes a block: the one way out of every wait queue; the task is then in none.
  mutating func release(_ slot: Slot, at now: Tick) -> Wait {
    guard self[slot].isWaiting else {
      preconditionFailure("task \(self[slot].tid) was woken and does not wait")
    }
    let wait = self[slot].endWaiting()
    if case .object = wait.reason {
      objects.withdraw(slot)
      tellPriorities(at: now)
      if wait.timer != nil { waits.timers.noteDisarmed(in: tasks) }
    } else {
      leaveQueue(slot, wait, at: now)
    }
    return wait
  }

  private mutating func leaveQueue(_ slot: Slot, _ wait: Wait, at now: Tick) {
    switch wait.reason {
    case .task(let target):
      if case .live(let targetSlot)? = registry.directory[target] {
        var waiters = self[targetSlot].waiters
        waits.links.remove(slot, from: &waiters)
        self[targetSlot].waiters = waiters
      }
    case .channel(let channel):
      waits.links.remove(slot, from: &waits.channels[channel, default: ChannelQueue()])
      if waits.channels[channel]?.count == 0 { waits.channels[channel] = nil }
    case .object, .anyOf:
      objects.withdraw(slot)
      tellPriorities(at: now)
    case .io:
      endIO(slot, wait, at: now)
    case .anyChild, .time, .arrival, .outside:
      break
    }
    if wait.timer != nil { waits.timers.noteDisarmed(in: tasks) }
  }

  /// What a task waits for, with the names of the objects.
  func named(_ target: WaitTarget) -> WaitReason {
    switch target {
    case .task(let target): .task(target)
    case .anyChild: .anyChild
    case .time: .time
    case .io: .io
    case .arrival: .arrival
    case .channel(let channel): .channel(channel)
    case .object(let object, let mode): .object(place(in: object, for: mode))
    case .anyOf(let places): .anyOf(places)
    case .outside: .outside
    }
  }

  /// Takes the operator out of the queue in which it waits, if it waits.
  mutating func giveUpOperatorsCall() {
    guard self[.operator].isWaiting else { return }
    _ = release(.operator, at: now)
    makeReady(.operator, at: now)
  }

  /// The task that has waited longest on a channel.
  func firstWaiter(on channel: WaitChannel) -> Slot? {
    waits.channels[channel]?.slots.head
  }

  // MARK: Time

  /// When the next timer is due; nil when none is armed.
  mutating func nextDeadline() -> Tick? {
    waits.timers.earliest(in: tasks)?.deadline
  }

  /// The same, without dropping stale timers on the way.
  var nextDeadlineAtAGlance: Tick? {
    var timers = waits.timers
    return timers.earliest(in: tasks)?.deadline
  }

  /// The next task whose deadline has come, that of its wait or of one of its scopes, and the timer; if it waits, it
  /// stands in its queue until released.
  mutating func nextExpired() -> (slot: Slot, timer: TimerQueue.Number)? {
    guard let (slot, deadline, timer) = waits.timers.earliest(in: tasks), deadline <= now else {
      return nil
    }
    return (slot, timer)
  }

  var armedTimers: Int { waits.timers.armedCount }
}
