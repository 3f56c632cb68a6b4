import CorosKernel
import CorosSync
import CorosTestSupport
import Testing

/// Random calls, kills, cancellations, stops and time travel, beside a model of what should come of them.
@Suite(.timeLimit(.minutes(15))) struct ModelTests {
  #if DEBUG
    private static let rounds = 1_500
  #else
    private static let rounds = 200_000
  #endif

  /// Keeps the model in step with the events.
  private final class Follower: Observer {
    let interests: Event.Kinds = [.lives, .dispatches, .calls, .waits, .stops]
    var model: SharingModel

    init(_ model: SharingModel) { self.model = model }

    func observe(_ event: Event) { model.follow(event) }
  }

  private struct Objects {
    let mutexes: [Mutex]
    let semaphore: Semaphore
    let event: EventFlag
    let barrier: Barrier
    let lock: RWLock
    let channels: [Channel<Int>]
  }

  /// A task that makes random calls: a value, so that it can be copied.
  private struct Caller: StateMachine {
    let objects: Objects
    var random: RandomSource
    var left: Int

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error as Termination) = resumption { return .threw(error) }
      guard left > 0 else { return .returned }
      left -= 1
      let timeout = random.next(below: 3) == 0 ? random.next(below: 8) : nil
      let mutex = objects.mutexes[random.next(below: objects.mutexes.count)]
      let channel = objects.channels[random.next(below: objects.channels.count)]
      switch random.next(below: 29) {
      case 0, 1, 2: return .call(Lock(mutex, timeout: timeout))
      case 3, 4, 5: return .call(Unlock(mutex))
      case 6: return .call(TryLock(mutex))
      case 7: return .call(Acquire(objects.semaphore, timeout: timeout))
      case 8: return .call(Acquire(objects.semaphore, isOwned: true, timeout: timeout))
      case 9: return .call(Release(objects.semaphore, isOwned: true))
      case 10: return .call(Release(objects.semaphore))
      case 11: return .call(TryAcquire(objects.semaphore))
      case 12: return .call(WaitEvent(objects.event, timeout: timeout))
      case 13: return .call(SetEvent(objects.event))
      case 14: return .call(ClearEvent(objects.event))
      case 15: return .call(Arrive(objects.barrier, timeout: timeout))
      case 16: return .call(LockRW(objects.lock, toWrite: true, timeout: timeout))
      case 17: return .call(LockRW(objects.lock, toWrite: false, timeout: timeout))
      case 18: return .call(TryLockRW(objects.lock, toWrite: random.next(below: 2) == 0))
      case 19, 20: return .call(UnlockRW(objects.lock, downgrading: random.next(below: 4) == 0))
      case 21, 22: return .call(Send(left, on: channel, timeout: timeout))
      case 23, 24: return .call(Receive(from: channel, timeout: timeout))
      case 25: return .call(SetPriority(random.next(below: 6)))
      default: return .call(Sleep(random.next(below: 5)))
      }
    }
  }

  /// Who waits goes by priority in half of the runs, and the others have two kinds of turns.
  private static func policy(_ seed: Int) -> (any SchedulingPolicy, SharingModel.Rule) {
    switch seed % 4 {
    case 0: (RoundRobin(quantum: 3), .arrival)
    case 1: (RoundRobin(), .arrival)
    case 2: (HighestPriorityFirst(), .priority)
    default: (HighestPriorityFirst(isLending: true), .lentPriority)
    }
  }

  /// What the operator does with priorities: sets one, or changes the rule by which they count.
  private func prioritise(
    _ scheduler: Scheduler,
    _ victim: TaskID,
    _ follower: Follower,
    _ random: inout RandomSource
  ) throws {
    let choice = random.next(below: 12)
    guard choice < 4 else {
      try scheduler.perform(SetPriority(random.next(below: 6), of: victim))
      return
    }
    let (policy, rule) = Self.policy(choice)
    scheduler.use(policy)
    follower.model.rule = rule
  }

  @Test(arguments: 1...8) func `objects are as the model has them, step for step`(seed: Int) throws
  {
    let (policy, rule) = Self.policy(seed)
    let scheduler = Scheduler(policy: policy, seed: UInt64(seed))
    let objects = Objects(
      mutexes: [try scheduler.perform(MakeMutex("m")), try scheduler.perform(MakeMutex("n"))],
      semaphore: try scheduler.perform(MakeSemaphore("s", value: 2)),
      event: try scheduler.perform(MakeEvent("e")),
      barrier: try scheduler.perform(MakeBarrier("b", parties: 3)),
      lock: try scheduler.perform(MakeRWLock("t")),
      channels: [
        try scheduler.perform(MakeChannel("c", capacity: 2)),
        try scheduler.perform(MakeChannel("d")),
      ]
    )
    let follower = Follower(
      SharingModel([
        ("m", "mutex", 0), ("n", "mutex", 0), ("s", "semaphore", 2), ("e", "event", 0),
        ("b", "barrier", 3), ("t", "rwlock", 0),
        ("c", "channel", 2), ("d", "channel", 0),
      ])
    )
    follower.model.rule = rule
    scheduler.add(follower)
    var random = RandomSource(seed: UInt64(seed) &* 7_919)
    var kept: (Checkpoint, SharingModel)?
    for round in 1...Self.rounds {
      while scheduler.liveTaskCount < 7 {
        let caller = Caller(
          objects: objects,
          random: RandomSource(seed: UInt64(random.next(below: 1_000_000))),
          left: 5 + random.next(below: 30)
        )
        try scheduler.createTask("caller", machine: caller)
      }
      let victims = scheduler.tasks().map(\.tid)
      let victim = victims[random.next(below: victims.count)]
      switch random.next(below: 40) {
      case 0, 1: try scheduler.perform(KillTask(victim))
      case 2: try scheduler.perform(CancelTask(victim))
      case 3: try scheduler.perform(StopTask(victim))
      case 4, 5, 6: for tid in victims { try scheduler.perform(ContinueTask(tid)) }
      case 7: kept = (try scheduler.checkpoint(), follower.model)
      case 8:
        if let (checkpoint, model) = kept {
          scheduler.restore(checkpoint)
          follower.model = model
        }
      case 9 where seed % 4 > 1: try prioritise(scheduler, victim, follower, &random)
      default:
        let foreseen = scheduler.nextChoice
        let result = scheduler.step()
        if case .dispatched(let task) = result, foreseen.task != task {
          Issue.record("\(foreseen.task ?? 0) was foreseen, and \(task) ran, in round \(round)")
        }
        if case .stalled = result {
          // All wait for one another, or are stopped.
          if let oldest = scheduler.tasks().first(where: { _ in true })?.tid {
            try scheduler.perform(KillTask(oldest))
          }
        }
      }
      let faults = scheduler.brokenInvariants() + differences(scheduler, follower.model)
      #expect(faults == [], "seed \(seed), round \(round)")
      if !faults.isEmpty { return }
    }
  }

  private func differences(_ scheduler: Scheduler, _ model: SharingModel) -> [String] {
    scheduler.objects.flatMap { object -> [String] in
      guard let thing = model.things[object.name] else { return ["no model of \(object.name)"] }
      var faults: [String] = []
      if object.holders.map(\.task) != thing.holders.map(\.task) {
        faults.append(
          "\(object.name): held by \(object.holders.map(\.task)), not \(thing.holders.map(\.task))"
        )
      }
      let queue = model.queue(of: object.name).map(\.task)
      if object.waiters.map(\.task) != queue {
        faults.append("\(object.name): waited for by \(object.waiters.map(\.task)), not \(queue)")
      }
      let mark = thing.mark.map { "abandoned by task \($0)" } ?? ""
      let summary =
        switch thing.kind {
        case "semaphore": "\(thing.value) left"
        case "event": thing.value == 0 ? "not set" : "set"
        case "channel": "\(thing.items.count) of \(thing.value), open"
        case "barrier": "\(thing.queue.count) of \(thing.value) have come"
        default: mark
        }
      if object.summary != summary {
        faults.append("\(object.name): \(object.summary), not \(summary)")
      }
      return faults
    }
  }
}
