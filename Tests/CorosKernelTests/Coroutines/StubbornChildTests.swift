import CorosKernel
import Testing

@Suite struct StubbornChildTests {
  @Test func `a child task that ignores errors blocks nothing`() throws {
    let scheduler = Scheduler(limits: Limits(graceMilliseconds: 1))
    let parent = try scheduler.createTask { os in
      async let child: Void = { while true { try? await os.yield() } }()
      await child
    }
    let other = try scheduler.createTask { os in try await os.exit(7) }
    #expect(scheduler.runEventLoop() == .allFinished)
    guard case .exited(.failed)? = scheduler.info(parent)?.state else {
      Issue.record("the parent did not fail")
      return
    }
    #expect(scheduler.info(other)?.state == .exited(.exited(7)))
  }
}
