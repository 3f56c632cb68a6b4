import CorosKernel
import CorosTestSupport
import Testing

/// A woken call that wakes or ends other tasks before it returns.
@Suite struct NestedWakeTests {
  private let scheduler = Scheduler()
  private let log = EventLog(.all)
  private let notes = Notes()

  init() {
    scheduler.add(log)
  }

  /// Waits on a channel, and then runs a closure.
  private struct Then: SystemCall {
    let channel: WaitChannel
    let act: (KernelContext) -> Disposition<Void>

    func handle(in kernel: KernelContext) -> Disposition<Void> { .block(on: .channel(channel)) }
    func resume(after wakeup: Wakeup, in kernel: KernelContext) -> Disposition<Void> {
      act(kernel)
    }
  }

  private struct Wake: SystemCall {
    let channel: WaitChannel
    func handle(in kernel: KernelContext) -> Disposition<Int> { .reply(kernel.wakeAll(channel)) }
  }

  private func create(
    _ channel: WaitChannel,
    _ act: @escaping (KernelContext) -> Disposition<Void>
  )
    throws
  {
    try scheduler.createTask { [notes] os in
      let tid = try await os.getTid()
      defer { notes.add("\(tid) ends") }
      try await os.call(Then(channel: channel, act: act))
      notes.add("\(tid) goes on")
    }
  }

  @Test func `calls that a woken call wakes resume after it, all before the waker continues`()
    throws
  {
    try create("a") { [notes] kernel in
      notes.add("1 wakes \(kernel.wakeAll("b"))")
      notes.add("1 is done")
      return .reply(())
    }
    for number in 2...3 {
      try create("b") { [notes] _ in
        notes.add("\(number) is heard")
        return .reply(())
      }
    }
    scheduler.run(ticks: 6)
    #expect(try scheduler.perform(Wake(channel: "a")) == 1)
    #expect(notes.lines == ["1 wakes 2", "1 is done", "2 is heard", "3 is heard"])
    isWhole(scheduler)
    #expect(run(scheduler) == .allFinished)
  }

  @Test func `a call killed after its wake-up does not resume, and ends once`() throws {
    try create("a") { [notes] kernel in
      _ = kernel.wakeAll("b")
      notes.add("\(kernel.kill(2)) \(kernel.kill(2))")
      return .reply(())
    }
    try create("b") { [notes] _ in
      notes.add("not heard")
      return .reply(())
    }
    scheduler.run(ticks: 4)
    _ = try scheduler.perform(Wake(channel: "a"))
    #expect(notes.lines == ["true false", "2 ends"])
    isWhole(scheduler)
    #expect(scheduler.info(2)?.state == .exited(.killed))
    #expect(run(scheduler) == .allFinished)
  }

  @Test func `a task stopped after its wake-up gets the answer, and stays stopped`() throws {
    try create("a") { kernel in
      _ = kernel.wakeAll("b")
      _ = kernel.stop(2)
      return .finish(.exited(3))
    }
    try create("b") { _ in .reply(()) }
    scheduler.run(ticks: 4)
    _ = try scheduler.perform(Wake(channel: "a"))
    isWhole(scheduler)
    #expect(scheduler.info(1)?.state == .exited(.exited(3)))
    #expect(scheduler.info(2)?.state == .stopped(waiting: nil))
    #expect(run(scheduler) == .stopped([2]))
  }

  @Test func `the operator cannot make a second call while it waits`() throws {
    try scheduler.createTask { os in try await os.sleep(5) }
    var errors: [String] = []
    try scheduler.perform(WaitTask(1)) { scheduler in
      do {
        try scheduler.perform(Sleep(1))
      } catch {
        errors.append("\(error)")
      }
      return false
    }
    #expect(
      errors.first == "the operator waits: it can make no other system call until that is over"
    )
    isWhole(scheduler)
    try scheduler.perform(Sleep(1))
    isWhole(scheduler)
  }

  @Test func `a checkpoint made while the operator waits does not contain the wait`() throws {
    try scheduler.createTask(machine: Script([Yield(), Yield(), Yield()]).machine)
    var checkpoint: Checkpoint?
    try scheduler.perform(WaitTask(1)) { scheduler in
      if checkpoint == nil { checkpoint = try? scheduler.checkpoint() }
      return false
    }
    scheduler.restore(try #require(checkpoint))
    isWhole(scheduler)
    #expect(try scheduler.perform(WaitTask(1)) == .exited(0))
    isWhole(scheduler)
  }
}
