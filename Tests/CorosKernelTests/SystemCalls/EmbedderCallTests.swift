import CorosKernel
import CorosTestSupport
import Testing

/// A call whose reply can have any type.
private struct Fetch<Reply>: SystemCall {
  func handle(in kernel: KernelContext) -> Disposition<Reply> { .block(on: .channel("mail")) }
}

/// Answers the longest waiter.
private struct Deliver: SystemCall {
  let value: Any

  func handle(in kernel: KernelContext) -> Disposition<Bool> {
    .reply(kernel.wake("mail", with: value))
  }
}

/// Waits for a task, and kills another when the first has ended.
private struct Avenge: SystemCall {
  let friend: TaskID
  let victim: TaskID

  func handle(in kernel: KernelContext) -> Disposition<Bool> { .block(on: .task(friend)) }

  func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Bool> {
    .reply(kernel.kill(victim))
  }
}

private struct Ask<Reply>: SystemCall {
  let answer: (KernelContext) -> Disposition<Reply>

  func handle(in kernel: KernelContext) -> Disposition<Reply> { answer(kernel) }
}

@Suite struct EmbedderCallTests {
  private let scheduler = Scheduler()
  private let notes = Notes()

  @Test func `a reply of any type reaches the caller unchanged`() throws {
    try scheduler.createTask { [notes] os in
      notes.add("\(try await os.call(Fetch<Any>()))")
      notes.add("\(try await os.call(Fetch<any Sendable>()))")
      notes.add("\(try await os.call(Fetch<Any?>()) ?? "nil")")
      notes.add("\(try await os.call(Fetch<Int?>()) ?? -1)")
      notes.add("\(try await os.call(Ask<Any> { _ in .reply("direct") }))")
    }
    try scheduler.createTask { os in
      for value in ["one", "two", "three", 4] as [Any] {
        _ = try await os.call(Deliver(value: value))
      }
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["one", "two", "three", "4", "direct"])
  }

  @Test func `a signal of the wrong type is an error for the receiver`() throws {
    try scheduler.createTask { [notes] os in
      do {
        notes.add("\(try await os.call(Fetch<Int>()))")
      } catch {
        notes.add("\(error)")
      }
    }
    try scheduler.createTask { os in _ = try await os.call(Deliver(value: "text")) }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["Fetch<Int> was answered with something that is not its reply"])
  }

  @Test func `a waiter may kill the waiter behind it`() throws {
    let friend = try scheduler.createTask { os in try await os.sleep(5) }
    try scheduler.createTask { [notes] os in
      notes.add("\(try await os.call(Avenge(friend: friend, victim: 3)))")
    }
    try scheduler.createTask { [notes] os in
      defer { notes.add("victim unwound") }
      try await os.waitTask(friend)
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["victim unwound", "true"])
  }

  @Test func `a woken call may kill the task that woke it, which ends after its call`() throws {
    struct Bite: SystemCall {
      let hand: TaskID
      func handle(in kernel: KernelContext) -> Disposition<Bool> { .block(on: .channel("mail")) }
      func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Bool> {
        .reply(kernel.kill(hand))
      }
    }
    try scheduler.createTask { [notes] os in notes.add("\(try await os.call(Bite(hand: 2)))") }
    try scheduler.createTask { [notes] os in
      defer { notes.add("unwound") }
      _ = try await os.call(Deliver(value: 1))
      notes.add("not reached")
    }
    #expect(run(scheduler) == .allFinished)
    #expect(notes.lines == ["unwound", "true"])
    #expect(scheduler.info(2)?.state == .exited(.killed))
  }

  @Test func `waits that cannot end are refused`() throws {
    let waits: [(WaitReason, Tick?)] = [
      (.task(77), nil), (.task(.operator), nil), (.time, nil), (.outside, nil), (.anyChild, nil),
      (.time, .max), (.channel("x"), .max),
    ]
    for (reason, deadline) in waits {
      #expect(throws: SystemCallError.self, "\(reason)") {
        try scheduler.perform(Ask<Void> { _ in .block(on: reason, until: deadline) })
      }
    }
    isWhole(scheduler)
  }

  @Test func `a deadline in the past expires at once`() throws {
    scheduler.run(ticks: 1)
    #expect(throws: SystemCallError.timedOut) {
      try scheduler.perform(Ask<Void> { _ in .block(on: .channel("x"), until: -5) })
    }
    isWhole(scheduler)
  }

  @Test func `a handler may end its caller with any status`() throws {
    let task = try scheduler.createTask { [notes] os in
      defer { notes.add("unwound") }
      _ = try await os.call(Ask<Void> { _ in .finish(.failed("enough")) })
    }
    #expect(run(scheduler) == .allFinished)
    #expect(scheduler.info(task)?.state == .exited(.failed("enough")))
    #expect(notes.lines == ["unwound"])
  }
}
