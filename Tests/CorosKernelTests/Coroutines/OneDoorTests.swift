import CorosKernel
import CorosTestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct OneDoorTests {
  private let stubs: [(String, TaskBody)] = [
    ("GetTid", { os in _ = try await os.getTid() }),
    ("GetParent", { os in _ = try await os.getParent() }),
    ("GetPriority", { os in _ = try await os.getPriority() }),
    ("GetTime", { os in _ = try await os.getTime() }),
    ("NewTask(x)", { os in _ = try await os.newTask("x") { _ in } }),
    ("KillTask(task 9)", { os in try await os.killTask(9) }),
    ("WaitTask(task 9)", { os in try await os.waitTask(9) }),
    ("WaitTask(task 9, timeout 4)", { os in try await os.waitTask(9, timeout: 4) }),
    ("WaitAnyChild", { os in try await os.waitAnyChild() }),
    ("WaitAnyChild(timeout 4)", { os in try await os.waitAnyChild(timeout: 4) }),
    ("StopTask(task 9)", { os in try await os.stopTask(9) }),
    ("ContinueTask(task 9)", { os in try await os.continueTask(9) }),
    ("Yield", { os in try await os.yield() }),
    ("Sleep(5)", { os in try await os.sleep(5) }),
    ("Compute", { os in try await os.compute() }),
    ("Random(below 3)", { os in _ = try await os.random(below: 3) }),
    ("Write(\"x\")", { os in try await os.write("x") }),
    ("Exit(3)", { os in try await os.exit(3) }),
  ]

  @Test func `every stub traps once, with its own call`() {
    for (expected, body) in stubs {
      let coroutine = AsyncCoroutine(body)
      guard let call = coroutine.resume().systemCall else {
        Issue.record("\(expected) did not trap")
        continue
      }
      let name = type(of: call).name
      let arguments = call.arguments.isEmpty ? "" : "(\(call.arguments))"
      #expect(name + arguments == expected)
      switch coroutine.resume(with: .failure(Mishap())) {
      case .threw(let error): #expect(error is Mishap)
      default: Issue.record("\(expected) trapped more than once, or swallowed the error")
      }
    }
  }

  @Test func `a call that computes n ticks traps n times, or never if n is not positive`() {
    for (ticks, traps) in [(3, 3), (1, 1), (0, 0), (-2, 0)] {
      let coroutine = AsyncCoroutine { os in try await os.compute(ticks) }
      var count = 0
      while coroutine.resume().systemCall != nil { count += 1 }
      #expect(count == traps)
    }
  }

  @Test func `each trap suspends: steps are counted exactly`() throws {
    let scheduler = Scheduler()
    var rounds = 0
    for _ in 1...10 {
      try scheduler.createTask { os in
        for _ in 1...1_000 {
          rounds += 1
          try await os.yield()
        }
      }
    }
    scheduler.run(ticks: 10)
    #expect(rounds == 10)
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(rounds == 10_000)
    #expect(scheduler.now == 10_010)
  }

  @Test func `every statement runs on the scheduler's thread, in order`() throws {
    let scheduler = Scheduler()
    let home = pthread_self()
    var strays: [Int] = []
    func mark(_ place: Int) {
      if pthread_equal(home, pthread_self()) == 0 { strays.append(place) }
    }
    func helper(_ os: SystemInterface) async throws {
      mark(10)
      try await os.yield()
      mark(11)
    }
    nonisolated func deep(_ depth: Int, _ os: SystemInterface) async throws {
      if depth > 0 { try await deep(depth - 1, os) } else { try await os.sleep(2) }
      mark(20)
    }
    for _ in 1...20 {
      try scheduler.createTask { os in
        mark(0)
        try await os.yield()
        mark(1)
        _ = try await os.newTask { os in
          mark(2)
          try await os.sleep(3)
          mark(3)
        }
        mark(4)
        try await helper(os)
        try await deep(5, os)
        _ = try? await os.waitTask(try await os.getTid())
        mark(5)
      }
    }
    #expect(scheduler.runEventLoop() == .allFinished)
    #expect(strays == [])
  }
}
