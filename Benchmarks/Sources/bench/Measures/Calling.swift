import CorosKernel

/// A step that makes a system call: one of the kernel's own, and the same call defined here, in another
/// module.
///
/// The scheduler does not know the type of either; the difference is the cost of a module boundary.
enum Calling {
  /// `Yield`, as an ordinary system call.
  static func kernel(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load, .yield)
  }

  /// `GetTid`, which has a reply.
  static func kernelReply(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load, .getTid)
  }

  static func outside(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load, .pause)
  }

  static func outsideReply(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load, .identify)
  }

  /// The same as `Yield`.
  private struct Pause: SystemCall {
    func handle(in kernel: KernelContext) -> Disposition<Void> {
      kernel.endSlice()
      return .reply(())
    }
  }

  /// The same as `GetTid`.
  private struct Identify: SystemCall {
    func handle(in kernel: KernelContext) -> Disposition<TaskID> { .reply(kernel.caller) }
  }

  private struct Repeating: StateMachine {
    enum Call {
      case yield
      case getTid
      case pause
      case identify
    }

    let call: Call

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      switch call {
      case .yield: return .call(Yield())
      case .getTid: return .call(GetTid())
      case .pause: return .call(Pause())
      case .identify: return .call(Identify())
      }
    }
  }

  private static func measure(
    _ load: Measure.Load,
    _ call: Repeating.Call
  ) throws -> Measure.Reading {
    let scheduler = makeScheduler()
    for _ in 0..<load.tasks { try scheduler.createTask(machine: Repeating(call: call)) }
    scheduler.run(ticks: load.tasks * max(1, load.rounds / 10))
    let steps = load.rounds * load.tasks
    let nanoseconds = cpuTime { scheduler.run(ticks: steps) }
    return Measure.Reading(nanoseconds: nanoseconds / Double(steps))
  }
}
