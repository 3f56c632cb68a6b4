import CorosKernel
import CorosSync

// Small programs at random.

extension SmallProgram {
  /// Two or three tasks that make calls of all kinds.
  static func random(_ seed: Int) -> SmallProgram {
    SmallProgram("random \(seed)") { things in
      var random = RandomSource(seed: UInt64(seed))
      let tasks = 2 + random.next(below: 2)
      // Programs of few kinds of calls meet more often.
      let kinds = (0..<3).map { _ in random.next(below: 11) }
      return (1...tasks).map { me in
        var calls: [any SystemCall] = []
        while calls.count < (tasks == 2 ? 4 : 2) {
          let kind = kinds[random.next(below: kinds.count)]
          calls += part(kind, me, tasks, things, &random)
        }
        return Array(calls.prefix(4))
      }
    }
  }

  private static func part(
    _ kind: Int,
    _ me: Int,
    _ tasks: Int,
    _ t: Things,
    _ random: inout RandomSource
  ) -> [any SystemCall] {
    let other = TaskID(rawValue: 1 + (me + random.next(below: tasks - 1)) % tasks)
    let timeout: Tick? = random.next(below: 3) == 0 ? Tick(random.next(below: 3)) : nil
    let choice = random.next(below: 4)
    let mutex = choice == 0 ? t.n : t.m
    switch kind {
    case 0: return [Lock(mutex), Unlock(mutex)]
    case 1: return [choice == 1 ? TryLock(t.m) : Lock(mutex, timeout: timeout)]
    case 2:
      if choice > 1 { return [Acquire(t.s, timeout: timeout)] }
      return [choice == 0 ? TryAcquire(t.s) : Release(t.s)]
    case 3:
      if choice > 1 { return [Lock(t.m), Notify(t.c, all: choice == 2), Unlock(t.m)] }
      return [Lock(t.m), CondWait(t.c, timeout: timeout), Relock(t.c), Unlock(t.m)]
    case 4:
      if choice > 1 { return [WaitEvent(t.e, timeout: timeout)] }
      return [choice == 0 ? ClearEvent(t.e) : SetEvent(t.e)]
    case 5:
      if choice == 0 { return [Arrive(t.b, timeout: timeout)] }
      return [LockRW(t.rw, toWrite: choice == 1, timeout: timeout), UnlockRW(t.rw)]
    case 6:
      let channel = [t.meet, t.line, t.line, t.other][choice]
      if random.next(below: 8) == 0 { return [Close(channel)] }
      return random.next(below: 2) == 0
        ? [Send(me, on: channel, timeout: timeout)] : [Receive(from: channel, timeout: timeout)]
    case 7:
      let ways: [Select.Alternative] = [
        .receive(from: t.meet), .receive(from: t.line), .acquire(t.s), .send(me, on: t.other),
      ]
      return [
        Select([ways[choice], ways[(choice + 1) % 4]], waits: timeout != 2, timeout: timeout)
      ]
    case 8:
      return choice > 1
        ? [ReceiveMessage<Message>(timeout: timeout)] : [SendMessage(me, to: other)]
    case 9:
      return [
        [KillTask(other), CancelTask(other), StopTask(other), ContinueTask(other)][choice]
          as any SystemCall
      ]
    default:
      if choice == 0 { return [GetTime()] }
      if choice == 1 { return [Sleep(timeout ?? 1)] }
      return choice == 2 ? [Yield()] : [WaitTask(other)]
    }
  }
}
