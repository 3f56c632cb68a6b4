import CorosKernel
import CorosSync

/// The objects that the tasks of a storm share; they are made by calls of theirs, and found by name.
struct StormObjects {
  private(set) var mutexes: [Mutex] = []
  private(set) var locks: [RWLock] = []
  private(set) var semaphores: [Semaphore] = []
  private(set) var channels: [Channel<Int>] = []

  /// Notes an object that a task was given.
  mutating func note(_ reply: Any) {
    let most = 4
    switch reply {
    case let mutex as Mutex where mutexes.count < most: mutexes.append(mutex)
    case let lock as RWLock where locks.count < most: locks.append(lock)
    case let semaphore as Semaphore where semaphores.count < most: semaphores.append(semaphore)
    case let channel as Channel<Int> where channels.count < most: channels.append(channel)
    default: break
    }
  }
}

/// Has a channel signalled later, and sometimes calls that off at once.
struct SignalLater: SystemCall {
  let channel: WaitChannel
  let ticks: Tick
  let isCalledOff: Bool

  func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .catching {
      let channel = channel
      let alarm = try kernel.after(ticks) { $0.wakeAll(channel) }
      return .reply(isCalledOff && kernel.callOff(alarm))
    }
  }
}

extension RandomSource {
  private mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[next(below: elements.count)]
  }

  /// A random call on something that tasks share; one that makes it, while there is none.
  mutating func nextSharedCall(in world: StormWorld) -> any SystemCall {
    let timeout = nextTimeout()
    switch next(below: 16) {
    case 0...2:
      guard let mutex = pick(world.objects.mutexes) else { return MakeMutex("m\(next(below: 3))") }
      return Lock(mutex, timeout: timeout)
    case 3, 4:
      guard let mutex = pick(world.objects.mutexes) else { return MakeMutex("m\(next(below: 3))") }
      return Unlock(mutex)
    case 5:
      guard let lock = pick(world.objects.locks) else { return MakeRWLock("t") }
      return LockRW(lock, toWrite: next(below: 2) == 0, timeout: timeout)
    case 6:
      guard let lock = pick(world.objects.locks) else { return MakeRWLock("t") }
      return UnlockRW(lock)
    case 7:
      guard let semaphore = pick(world.objects.semaphores) else {
        return MakeSemaphore("s", value: 2)
      }
      return Acquire(semaphore, isOwned: next(below: 2) == 0, timeout: timeout)
    case 8:
      guard let semaphore = pick(world.objects.semaphores) else {
        return MakeSemaphore("s", value: 2)
      }
      return Release(semaphore, isOwned: next(below: 2) == 0)
    case 9:
      guard let channel = pick(world.objects.channels) else {
        return MakeChannel<Int>("c", capacity: 2)
      }
      return Send(next(below: 100), on: channel, timeout: timeout)
    case 10:
      guard let channel = pick(world.objects.channels) else { return MakeChannel<Int>("d") }
      return Receive(from: channel, timeout: timeout)
    case 11: return SendMessage(next(below: 10), to: world.someTask(&self))
    case 12:
      let remainder = next(below: 3)
      return ReceiveMessage(timeout: nextTime()) { message in
        message.value(Int.self).flatMap { $0 % 3 == remainder ? $0 : nil }
      }
    case 13: return SleepUntil(nextTime())
    case 14: return MakeNote(next(below: 10))
    default:
      return SignalLater(
        channel: nextChannel(),
        ticks: nextTime(),
        isCalledOff: next(below: 3) == 0
      )
    }
  }
}
