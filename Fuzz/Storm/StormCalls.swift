import CorosKernel

/// Waits on a channel, and a few times once more after each signal.
struct Listen: SystemCall {
  let channel: WaitChannel
  let rounds: Int
  let timeout: Tick?
  private let signals = Counter()

  private final class Counter { var count = 0 }

  init(channel: WaitChannel, rounds: Int, timeout: Tick?) {
    (self.channel, self.rounds, self.timeout) = (channel, rounds, timeout)
  }

  func handle(in kernel: KernelContext) -> Disposition<Int> {
    do {
      return .block(on: .channel(channel), until: try kernel.deadline(after: timeout))
    } catch {
      return .fail(error)
    }
  }

  func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Int> {
    guard case .signalled = wakeup else { return .fail(SystemCallError.timedOut) }
    signals.count += 1
    return signals.count > rounds ? .reply(signals.count) : handle(in: kernel)
  }
}

/// Wakes one task that waits on a channel, or all of them.
struct Signal: SystemCall {
  let channel: WaitChannel
  let isForAll: Bool

  func handle(in kernel: KernelContext) -> Disposition<Int> {
    if isForAll { return .reply(kernel.wakeAll(channel)) }
    return .reply(kernel.wake(channel) ? 1 : 0)
  }
}

/// Shares a task's fate: waits for its end, and then ends in the same way.
struct Link: SystemCall {
  let target: TaskID

  func handle(in kernel: KernelContext) -> Disposition<Void> { .block(on: .task(target)) }

  func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
    guard case .ended(_, let status) = wakeup else { return .reply(()) }
    return .finish(status)
  }
}

/// Waits for a task's end, and then does to others what a handler can do, in the midst of that end.
struct Avenge: SystemCall {
  let target: TaskID
  let victims: [TaskID]
  let heir: TaskCode

  func handle(in kernel: KernelContext) -> Disposition<Int> { .block(on: .task(target)) }

  func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Int> {
    var count = 0
    for victim in victims where kernel.kill(victim) { count += 1 }
    if let last = victims.last {
      _ = kernel.stop(last)
      _ = kernel.resume(last)
    }
    if (try? kernel.createTask("heir", heir)) != nil { count += 1 }
    kernel.write("avenged \(count)")
    return .reply(count)
  }
}

/// Several orders in one handler, the caller's own end perhaps among them; then anything but a reply.
struct Rampage: SystemCall {
  let victims: [TaskID]
  let channel: WaitChannel
  let deadline: Tick?

  func handle(in kernel: KernelContext) -> Disposition<Int> {
    for victim in victims {
      _ = kernel.stop(victim)
      _ = kernel.kill(victim)
      _ = kernel.resume(victim)
    }
    kernel.wakeAll(channel, with: victims.count)
    kernel.endSlice()
    kernel.write("rampage")
    return .block(on: .channel(channel), until: deadline)
  }
}

/// Waits for what may not make sense: for the dead, for no child, without end for time.
struct Wish: SystemCall {
  let reason: WaitReason
  let deadline: Tick?

  func handle(in kernel: KernelContext) -> Disposition<Void> {
    .block(on: reason, until: deadline)
  }
}
