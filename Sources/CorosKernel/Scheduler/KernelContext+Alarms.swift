// What handlers have done later.

extension KernelContext {
  /// Has something done when some ticks have passed since the end of the caller's step.
  ///
  /// It happens before the step of that tick, between those whose deadlines were armed before and after it; nobody
  /// need wait for it. It is part of the machine: checkpoints copy it and replays repeat it, so it may keep nothing but
  /// values. Where no task is left it is not waited for.
  ///
  /// ```swift
  /// struct RingLater: SystemCall {
  ///   func handle(in kernel: KernelContext) -> Disposition<Alarm> {
  ///     .catching { .reply(try kernel.after(10) { $0.wakeAll("bell") }) }
  ///   }
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - ticks: how many.
  ///   - action: gets the kernel as the operator's calls get it.
  /// - Returns: its name, by which it can be called off.
  /// - Throws: `SystemCallError.invalidArgument` when the time is negative or never comes.
  @discardableResult
  public func after(
    _ ticks: Tick,
    _ action: @escaping @Sendable (KernelContext) -> Void
  ) throws(SystemCallError) -> Alarm {
    noteChange(.outside)
    guard let deadline = try deadline(after: ticks) else { throw .wrongReply(to: "after") }
    return scheduler.state.addAlarm(action, at: deadline)
  }

  /// Calls off what was to be done later.
  ///
  /// - Returns: false when it has been done, or was called off before.
  @discardableResult
  public func callOff(_ alarm: Alarm) -> Bool {
    noteChange(.outside)
    return scheduler.state.takeAlarm(alarm.number) != nil
  }
}

extension KernelState {
  mutating func addAlarm(
    _ action: @escaping AlarmTable.Action,
    at deadline: Tick
  ) -> Alarm {
    let timer = waits.timers.arm(.operator, at: deadline)
    tasks.alarms.add(action, at: timer)
    return Alarm(number: timer)
  }

  /// Takes out what a timer is there for; nil when it is that of a task.
  mutating func takeAlarm(_ timer: TimerQueue.Number) -> AlarmTable.Action? {
    guard !tasks.alarms.isEmpty, let action = tasks.alarms.take(timer) else { return nil }
    waits.timers.noteDisarmed(in: tasks)
    return action
  }
}
