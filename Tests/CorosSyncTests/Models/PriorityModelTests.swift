import CorosKernel
import CorosSync
import Testing

/// Locks at random under policies that go by priority and lend it, and under changes of the policy.
@Suite(.timeLimit(.minutes(15))) struct PriorityModelTests {
  private struct Visitor: StateMachine {
    let mutexes: [Mutex]
    let lock: RWLock
    var random: RandomSource
    var left: Int

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error as Termination) = resumption { return .threw(error) }
      guard left > 0 else { return .returned }
      left -= 1
      let timeout = random.next(below: 3) == 0 ? random.next(below: 8) : nil
      let mutex = mutexes[random.next(below: mutexes.count)]
      switch random.next(below: 12) {
      case 0...2: return .call(Lock(mutex, timeout: timeout))
      case 3...5: return .call(Unlock(mutex))
      case 6:
        return .call(LockRW(lock, toWrite: random.next(below: 2) == 0, timeout: timeout))
      case 7: return .call(UnlockRW(lock))
      case 8: return .call(SetPriority(random.next(below: 10)))
      case 9: return .call(TryLock(mutex))
      default: return .call(Sleep(random.next(below: 5)))
      }
    }
  }

  /// Asks who counts with which priority by the definition, over and over until nothing changes.
  private struct Model: RunModel {
    mutating func follow(_ event: Event) {}

    mutating func takeFaults(_ scheduler: Scheduler) -> [String] {
      let tasks = scheduler.tasks()
      let goesByPriority = scheduler.policyDescription.hasPrefix("priority")
      let isLending = scheduler.policyDescription.contains("donation=yes")
      var priorities = Dictionary(
        uniqueKeysWithValues: tasks.map { ($0.tid, $0.parameters.priority) }
      )
      var faults: [String] = []
      for _ in tasks where isLending {
        for object in scheduler.objects {
          let highest = object.waiters.compactMap { priorities[$0.task] }.max() ?? .min
          for holder in object.holders {
            priorities[holder.task] = max(priorities[holder.task] ?? 0, highest)
          }
        }
      }
      for task in tasks {
        let counts = task.loan?.priority ?? task.parameters.priority
        let should = priorities[task.tid] ?? 0
        if counts != should { faults.append("task \(task.tid) has \(counts), not \(should)") }
      }
      for object in scheduler.objects {
        let order = object.waiters.map { waiter in
          (goesByPriority ? -(priorities[waiter.task] ?? 0) : 0, waiter.since)
        }
        if !zip(order, order.dropFirst()).allSatisfy({ $0 <= $1 }) {
          faults.append("\(object.name) is waited for in the order \(order)")
        }
      }
      return faults
    }
  }

  @Test(arguments: 1...4) func `priorities are as they are defined, whatever happens`(
    seed: Int
  ) throws {
    let scheduler = Scheduler(
      policy: HighestPriorityFirst(isLending: seed % 2 == 1),
      seed: UInt64(seed)
    )
    let mutexes = try ["l", "m", "n"].map { try scheduler.perform(MakeMutex($0)) }
    let lock = try scheduler.perform(MakeRWLock("t"))
    try RandomRun(
      seed: seed,
      rounds: RandomRun.rounds,
      scheduler: scheduler,
      disturb: { scheduler, random in
        let victims = scheduler.tasks().map(\.tid)
        switch random.next(below: 4) {
        case 0: scheduler.use(HighestPriorityFirst(isLending: true))
        case 1: scheduler.use(HighestPriorityFirst(isLending: false))
        case 2: scheduler.use(RoundRobin())
        default:
          let victim = victims[random.next(below: victims.count)]
          try scheduler.perform(SetPriority(random.next(below: 10), of: victim))
        }
      }
    ).check(Model()) { random, _ in
      Visitor(
        mutexes: mutexes,
        lock: lock,
        random: RandomSource(seed: UInt64(random.next(below: 1_000_000))),
        left: 5 + random.next(below: 40)
      )
    }
  }
}
