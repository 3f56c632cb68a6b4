import CorosKernel
import CorosSync

/// The objects that the tasks of a storm share: few, so that they are in each other's way.
struct StormObjects {
  let mutexes: [Mutex]
  let conditions: [Condition]
  let semaphores: [Semaphore]
  let event: EventFlag
  let barrier: Barrier
  let lock: RWLock
  let channels: [Channel<Int>]

  init(in scheduler: Scheduler) throws {
    mutexes = try ["m", "n", "o"].map { try scheduler.perform(MakeMutex($0)) }
    conditions = try mutexes.map { try scheduler.perform(MakeCondition(on: $0)) }
    semaphores = [
      try scheduler.perform(MakeSemaphore("s", value: 2)),
      try scheduler.perform(MakeSemaphore("t", value: 0, maximum: 3)),
    ]
    event = try scheduler.perform(MakeEvent("e"))
    barrier = try scheduler.perform(MakeBarrier("b", parties: 3))
    lock = try scheduler.perform(MakeRWLock("l"))
    channels = try [0, 2].map { try scheduler.perform(MakeChannel("c \($0)", capacity: $0)) }
  }
}

/// What a task of a storm has opened and not closed yet, and what it has been asked.
struct StormBelongings {
  private(set) var groups: [Group] = []
  private(set) var scopes: [Int] = []
  private(set) var monitors: [Monitor] = []
  private(set) var questions: [Question] = []
  /// What its next call is to be, whatever chance says: who waited on a condition wants the mutex again.
  private var next: (any SystemCall)?
  private var waitsOn: Condition?

  init(home: Group? = nil) {
    if let home { groups.append(home) }
  }

  mutating func takeNext() -> (any SystemCall)? {
    defer { next = nil }
    return next
  }

  mutating func note(_ call: any SystemCall) {
    waitsOn = (call as? CondWait)?.condition
  }

  /// Notes what came of the last call.
  mutating func note(reply: Any) {
    let limit = 20
    switch reply {
    case let group as Group where groups.count < limit: groups.append(group)
    case let scope as Int where scopes.count < limit: scopes.append(scope)
    case let monitor as Monitor where monitors.count < limit: monitors.append(monitor)
    case let outcome as CondWait.Outcome: next = waitsOn.map { Relock($0, after: outcome) }
    case Message.question(_, let question) where questions.count < limit: questions.append(question)
    default: break
    }
  }

  /// Notes that the last call came to its usual reply, which a state machine is not told again.
  mutating func noteUsualReply() {
    if waitsOn != nil, let reply = CondWait.usualReply { note(reply: reply) }
  }

  mutating func takeGroup(_ random: inout RandomSource) -> Group? {
    groups.isEmpty ? nil : groups.remove(at: random.next(below: groups.count))
  }

  mutating func takeScope() -> Int? { scopes.popLast() }
  mutating func takeMonitor() -> Monitor? { monitors.popLast() }
  mutating func takeQuestion() -> Question? { questions.popLast() }
}

extension RandomSource {
  private mutating func some<Value>(_ values: [Value]) -> Value {
    values[next(below: values.count)]
  }

  /// A random call on what tasks share, with random arguments.
  mutating func nextSharingCall(
    on objects: StormObjects,
    in world: StormWorld,
    _ own: inout StormBelongings
  ) -> any SystemCall {
    switch next(below: 60) {
    case 0..<5: return Lock(some(objects.mutexes), timeout: nextTimeout())
    case 5..<10: return Unlock(some(objects.mutexes))
    case 10: return TryLock(some(objects.mutexes))
    case 11..<13: return CondWait(some(objects.conditions), timeout: nextTimeout())
    case 13..<15: return Notify(some(objects.conditions), all: next(below: 3) == 0)
    case 15..<17:
      let isOwned = next(below: 2) == 0
      return Acquire(some(objects.semaphores), isOwned: isOwned, timeout: nextTimeout())
    case 17: return TryAcquire(some(objects.semaphores))
    case 18..<21: return Release(some(objects.semaphores), isOwned: next(below: 2) == 0)
    case 21: return WaitEvent(objects.event, timeout: nextTimeout())
    case 22: return next(below: 2) == 0 ? SetEvent(objects.event) : ClearEvent(objects.event)
    case 23: return Arrive(objects.barrier, timeout: nextTimeout())
    case 24..<27: return LockRW(objects.lock, toWrite: next(below: 2) == 0, timeout: nextTimeout())
    case 27: return TryLockRW(objects.lock, toWrite: next(below: 2) == 0)
    case 28..<31: return UnlockRW(objects.lock, downgrading: next(below: 4) == 0)
    case 31..<33: return Send(next(below: 9), on: some(objects.channels), timeout: nextTimeout())
    case 33..<35: return Receive(from: some(objects.channels), timeout: nextTimeout())
    case 35: return select(objects)
    default: return nextCall(toTasks: world, &own)
    }
  }

  private mutating func select(_ objects: StormObjects) -> any SystemCall {
    let alternatives: [Select.Alternative] = [
      .receive(from: objects.channels[0]), .receive(from: objects.channels[1]),
      .send(next(below: 9), on: objects.channels[0]), .acquire(objects.semaphores[0]),
      .event(objects.event), .message { $0.value(Int.self) },
    ]
    let first = next(below: alternatives.count)
    let last = first + next(below: alternatives.count - first)
    return Select(
      Array(alternatives[first...last]),
      isFair: next(below: 2) == 0,
      waits: next(below: 4) > 0,
      timeout: nextTimeout()
    )
  }

  /// A call on other tasks: messages, links, groups, scopes, cancellation.
  private mutating func nextCall(
    toTasks world: StormWorld,
    _ own: inout StormBelongings
  ) -> any SystemCall {
    switch next(below: 26) {
    case 0..<3: return SendMessage(next(below: 9), to: world.someTask(&self))
    case 3..<5: return ReceiveMessage(timeout: nextTimeout())
    case 5: return Ask<Int>(next(below: 9), of: world.someTask(&self), timeout: nextTimeout())
    case 6: if let question = own.takeQuestion() { return Answer(question, with: next(below: 9)) }
    case 7: return MonitorTask(world.someTask(&self))
    case 8: if let monitor = own.takeMonitor() { return Demonitor(monitor) }
    case 9: return CorosSync.Link(with: world.someTask(&self))
    case 10: return Unlink(from: world.someTask(&self))
    case 11: return TrapExits(next(below: 3) > 0)
    case 12..<14: return OpenGroup(wait: next(below: 3) == 0 ? .any : .all)
    case 14..<18:
      if !own.groups.isEmpty {
        let group = some(own.groups)
        let code = world.code(seed: next(), home: group)
        return SpawnInGroup(group, "storm", asServant: next(below: 4) == 0, code)
      }
    case 18: if !own.groups.isEmpty { return NextInGroup(some(own.groups), timeout: nextTimeout()) }
    case 19: if !own.groups.isEmpty { return CancelGroup(some(own.groups), because: "a storm") }
    case 20..<22:
      if let group = own.takeGroup(&self) {
        return CloseGroup(group, failure: next(below: 5) == 0 ? "a storm" : nil)
      }
    case 22: return OpenScope(timeout: nextTimeout(), isShield: next(below: 3) == 0)
    case 23..<25: if let scope = own.takeScope() { return CloseScope(scope) }
    default: return CancelTask(world.someTask(&self), because: "a storm")
    }
    return Yield()
  }
}
