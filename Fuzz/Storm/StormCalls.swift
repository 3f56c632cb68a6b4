import CorosKernel

/// Waits on a channel, and waits again after each of the first few signals.
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

/// Wakes one waiter of a channel, or all of them.
struct Signal: SystemCall {
  let channel: WaitChannel
  let isForAll: Bool

  func handle(in kernel: KernelContext) -> Disposition<Int> {
    if isForAll { return .reply(kernel.wakeAll(channel)) }
    return .reply(kernel.wake(channel) ? 1 : 0)
  }
}

/// Waits for a task's end, and then ends with the same status.
struct Link: SystemCall {
  let target: TaskID

  func handle(in kernel: KernelContext) -> Disposition<Void> { .block(on: .task(target)) }

  func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
    guard case .ended(_, let status) = wakeup else { return .reply(()) }
    return .finish(status)
  }
}

/// Waits for a task's end, and then uses the handler's rights on other tasks while that end is processed.
struct ActOnEnd: SystemCall {
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
    kernel.write("acted on \(count)")
    return .reply(count)
  }
}

/// Several operations in one handler, possibly including the caller's own end; then it blocks.
struct ActAndBlock: SystemCall {
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
    kernel.write("acted")
    return .block(on: .channel(channel), until: deadline)
  }
}

/// Waits for reasons that may not make sense: an ended task, no child, a deadline beyond all limits.
struct WaitForAnything: SystemCall {
  let reason: WaitReason
  let deadline: Tick?

  func handle(in kernel: KernelContext) -> Disposition<Void> {
    .block(on: reason, until: deadline)
  }
}
