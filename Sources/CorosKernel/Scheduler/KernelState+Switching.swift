// Context switches that cost time.

extension KernelState {
  /// Changes what the machine is made of.
  mutating func use(_ newHardware: Hardware) {
    if newHardware.switchTicks != hardware.switchTicks {
      endSwitch()
      if newHardware.switchTicks == 0 { cpu.noteSwitched(at: now) }
    }
    hardware = newHardware
    noteWhetherTicksAreWatched()
  }

  /// Chooses the task to run next, if none has the CPU, and begins or goes on with the switch to it.
  ///
  /// - Returns: when the switch is over and whether it begins now; nil when nothing stands in the task's way, or
  ///   when there is none.
  mutating func nextSwitch() -> (end: Tick, isNew: Bool)? {
    guard let slot = takeNext(), needsSwitch(to: slot) else {
      endSwitch()
      cpu.noteSwitched(at: now)
      return nil
    }
    // One that lost the CPU in the midst of the switch to it and gets it again is queued, too.
    if self[slot].isQueued { self[slot].leaveQueue(at: now) }
    let isNew = cpu.incoming != slot
    if isNew {
      endSwitch()
      cpu.beginSwitch(to: slot, at: now, lasting: hardware.switchTicks)
      self[slot].beginSwitch(at: now)
    }
    cpu.delayTurn(until: cpu.switchEnd)
    if now < cpu.switchEnd { return (cpu.switchEnd, isNew) }
    endSwitch()
    cpu.noteSwitched(at: now)
    return nil
  }

  /// When something may happen while the CPU is switched: a timer expires, or a policy that watches ticks sees one.
  ///
  /// - Parameters:
  ///   - now: the tick it is.
  ///   - timer: when the next timer expires; nil when none is armed.
  /// - Returns: the tick.
  func nextEventInSwitch(at now: Tick, timer: Tick?) -> Tick {
    policy.interests.contains(.ticks) ? now + 1 : timer ?? .max
  }

  /// Whether the CPU goes from one task to another when this one runs.
  func needsSwitch(to slot: Slot) -> Bool {
    hardware.switchTicks > 0 && cpu.lastDispatched != .operator
      && cpu.lastDispatched != self[slot].tid
  }

  /// Ends the switch in progress, if there is one, finished or not.
  mutating func endSwitch() {
    guard cpu.incoming != .none else { return }
    self[cpu.incoming].endSwitch(at: now)
    cpu.endSwitch()
  }
}
