import CorosKernel

/// Makes a scheduler that is never deallocated: the process of a measure ends first.
func makeScheduler(
  policy: any SchedulingPolicy = RoundRobin(),
  objects: Int = 1_000
) -> Scheduler {
  let scheduler = Scheduler(policy: policy, limits: Limits(objects: objects))
  _ = Unmanaged.passRetained(scheduler)
  return scheduler
}

/// Yields for ever.
struct YieldMachine: StateMachine {
  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    return .yield
  }
}

/// Waits for ever, as a target for waiters.
struct TargetMachine: StateMachine {
  private struct WaitForEver: SystemCall {
    func handle(in kernel: KernelContext) -> Disposition<Void> { .block(on: .channel("never")) }
  }

  mutating func resume(with resumption: Resumption) -> Trap {
    if case .failure(let error) = resumption { return .threw(error) }
    return .call(WaitForEver())
  }
}

/// The tasks of a queue in order, for measures that remove some from the middle.
struct TaskLine {
  private var order: [TaskID] = []

  mutating func append(_ tasks: some Sequence<TaskID>) {
    order.append(contentsOf: tasks)
  }

  /// Removes the middle half, or at most `limit` tasks of it.
  mutating func takeMiddle(atMost limit: Int) -> ArraySlice<TaskID> {
    let count = max(1, min(order.count / 2, limit))
    let start = (order.count - count) / 2
    let middle = order[start..<start + count]
    order.removeSubrange(start..<start + count)
    return middle
  }
}
