import CorosKernel
import CorosPrograms
import Testing

@Suite struct BehaviourTests {
  @Test func `steps can be resumed by hand, with no scheduler`() throws {
    let (_, code) = try ProgramRun.prepare("steps")
    guard case .body(let body) = code else {
      Issue.record("steps is an async function")
      return
    }
    let coroutine = AsyncCoroutine(body)
    var calls: [String] = []
    while let call = coroutine.resume().systemCall {
      calls.append((call as? Write)?.text ?? "\(type(of: call))")
    }
    #expect(
      calls == [
        "part 1: started", "Yield",
        "part 2: resumed where it had stopped", "Yield",
        "part 3: resumed once more, and about to end",
      ]
    )
    #expect(coroutine.hasEnded)
  }

  @Test func `hello takes two steps, as its lesson says`() throws {
    let run = try ProgramRun("hello")
    run.step(1)
    #expect(run.output.count == 1)
    #expect(run.status(of: 1) == nil)
    run.step(1)
    #expect(run.status(of: 1) == .exited(0))
  }

  @Test func `the singers of a duet keep taking turns`() throws {
    let run = try ProgramRun("duet")
    #expect(run.run(ticks: 500) == .limitReached)
    #expect(run.output.count > 200)
    for (place, line) in run.output.enumerated() {
      #expect(line == (place.isMultiple(of: 2) ? "2: la" : "3: dum"))
    }
    try run.kill(2)
    try run.kill(3)
    #expect(run.run() == .allFinished)
  }

  @Test func `the host of a visit continues after the guest has left`() throws {
    let run = try ProgramRun("visit")
    #expect(run.run(ticks: 200) == .limitReached)
    #expect(
      run.output.prefix(10) == [
        "2: at home", "3: visiting, day 1", "2: at home", "3: visiting, day 2",
        "2: at home", "3: visiting, day 3", "2: at home", "2: at home",
        "1: the guest has left", "2: at home",
      ]
    )
    #expect(run.output.dropFirst(10).allSatisfy { $0 == "2: at home" })
    try run.kill(2)
    #expect(run.run() == .allFinished)
    #expect(run.endings == ["3: exited 0", "2: killed", "1: exited 0"])
  }

  @Test func `spin lets others run`() throws {
    let run = try ProgramRun("spin")
    try run.spawn("count 3")
    #expect(run.run(ticks: 50) == .limitReached)
    #expect(run.output == ["2: 1", "2: 2", "2: 3"])
    try run.kill(1)
    #expect(run.run() == .allFinished)
  }

  @Test(arguments: Array(1...40) + [1_000, 10_000])
  func `a job of length L takes L dispatches`(length: Int) throws {
    let run = try ProgramRun("job \(length)")
    #expect(run.scheduler.run() == .allFinished)
    #expect(run.count { $0 == .dispatched } == length)
    #expect(run.scheduler.now == length)
    #expect(run.events.last?.action == .exited(.exited(0)))
  }

  @Test func `two jobs have the times given in the textbook`() throws {
    let run = try ProgramRun("job 3")
    try run.spawn("job 2")
    #expect(run.run() == .allFinished)
    let accounts = run.scheduler.tasks(includingEnded: true).map(\.accounting)
    #expect(accounts.map(\.response) == [0, 1])
    #expect(accounts.map(\.turnaround) == [5, 4])
    #expect(accounts.map(\.dispatches) == [3, 2])
  }

  @Test func `dice show one to six, and the seed determines the rolls`() throws {
    func eyes(seed: UInt64) throws -> [String] {
      let run = try ProgramRun("dice 200", seed: seed)
      #expect(run.run() == .allFinished)
      return run.output
    }
    let first = try eyes(seed: 1)
    #expect(Set(first) == Set((1...6).map { "1: \($0)" }))
    #expect(try eyes(seed: 1) == first)
    #expect(try eyes(seed: 2) != first)
  }

  @Test(arguments: zip(0...12, [0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144]))
  func `fib is right`(n: Int, value: Int) throws {
    let run = try ProgramRun("fib \(n)")
    #expect(run.scheduler.run() == .allFinished)
    #expect(run.output == ["1: fib(\(n)) = \(value)"])
  }

  @Test func `the largest fib stays within the limits`() throws {
    let run = try ProgramRun("fib 16", limits: Limits())
    #expect(run.scheduler.run() == .allFinished)
    #expect(run.output == ["1: fib(16) = 987"])
    #expect(run.scheduler.endedTaskCount == 3_194)
  }

  @Test func `if a task of fib is killed, the failure propagates to the root`() throws {
    let run = try ProgramRun("fib 3")
    run.scheduler.run { $0.info(4) != nil }
    try run.kill(4)
    #expect(run.run() == .allFinished)
    #expect(run.output == [])
    #expect(
      run.status(of: 1)
        == .failed(
          "no value from task 2 (failed: no value from task 3 (failed: no value from task 4 (killed)))"
        )
    )
  }

  @Test func `a fib that reaches the task limit fails, and leaves no task behind`() throws {
    let run = try ProgramRun("fib 10", limits: Limits(tasks: 20))
    #expect(run.run() == .allFinished)
    guard case .failed(let why)? = run.status(of: 1) else {
      Issue.record("\(String(describing: run.status(of: 1)))")
      return
    }
    #expect(why.contains("too many tasks: the limit is 20"))
  }

  @Test func `a car whose light is killed while it is red stays stopped until it is continued`()
    throws
  {
    let run = try ProgramRun("traffic")
    run.scheduler.run { _ in run.output.last == "1: red" }
    try run.kill(1)
    #expect(run.run() == .stopped([2]))
    try run.scheduler.perform(ContinueTask(2))
    #expect(run.run() == .allFinished)
    #expect(run.output.last == "2: kilometre 6")
  }

  @Test func `crash accepts any message, and affects no other task`() throws {
    let program = try #require(Catalogue.builtIn["crash"])
    let run = try ProgramRun("count 5")
    try run.spawn("crash", program.code(arguments: ["it's \"all\" over, \u{1F600}"]))
    #expect(run.run() == .allFinished)
    #expect(run.status(of: 2) == .failed("it's \"all\" over, \u{1F600}"))
    #expect(run.status(of: 1) == .exited(0))
  }

  @Test(arguments: [0, 1, 3, 999, 1_000])
  func `stubborn catches as many kills as it was told to`(times: Int) throws {
    let run = try ProgramRun("stubborn \(times)")
    run.step(1)
    try run.kill(1)
    #expect(run.resisted == times)
    #expect(run.count { $0 == .gaveUp(after: 1_000) } == 0)
    #expect(run.status(of: 1) == .killed)
    #expect(run.run() == .allFinished)
  }

  @Test(arguments: [1_001, 1_000_000])
  func `a stubborn that does not end is cut off`(times: Int) throws {
    let run = try ProgramRun("stubborn \(times)")
    run.step(1)
    try run.kill(1)
    #expect(run.count { $0 == .gaveUp(after: 1_000) } == 1)
    #expect(run.status(of: 1) == .killed)
    #expect(run.run() == .allFinished)
  }

  @Test func `foreign is refused`() throws {
    let run = try ProgramRun("foreign")
    #expect(run.run() == .allFinished)
    #expect(run.output == ["1: leaving the kernel"])
    #expect(
      run.endings == [
        "1: failed: awaited something outside the kernel "
          + "(another executor, such as the main actor's, or real time)"
      ]
    )
  }

  // MARK: Locks and semaphores

  @Test func `nobody is in the second half before both have done the first`() throws {
    let run = try ProgramRun("rendezvous")
    #expect(run.run() == .allFinished)
    #expect(
      run.output == [
        "2: a, first half", "3: b, first half", "2: a, second half", "3: b, second half",
      ]
    )
  }

  @Test func `abba is a deadlock that names the locks, and a kill passes one on`() throws {
    let run = try ProgramRun("abba")
    guard case .deadlock(let deadlock) = run.run() else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.circles == [[2, 3]])
    #expect(deadlock.blocked.map(\.holds) == [["A"], ["B"]])
    #expect(deadlock.blocked.map(\.holders) == [[3], [2]])
    try run.kill(2)
    #expect(run.run() == .allFinished)
    #expect(run.output.last == "3: right has both")
  }

  /// Policies under which a right program must end well.
  private var schedules: [any SchedulingPolicy] {
    [RoundRobin(), RoundRobin(quantum: 3), FirstInFirstOut()]
      + Array(repeating: Lottery() as any SchedulingPolicy, count: 40)
  }

  @Test(arguments: [
    "abba same", "account 5 locked", "buffer", "lostwakeup right", "rendezvous",
    "philosophers 2 3 ordered", "philosophers 5 2 ordered",
    "philosophers 2 3 seats", "philosophers 5 2 seats",
  ])
  func `a right program ends well under every schedule`(line: String) throws {
    for (seed, policy) in schedules.enumerated() {
      let run = try ProgramRun(line, policy: policy, seed: UInt64(seed))
      #expect(run.run() == .allFinished)
      #expect(run.endings.allSatisfy { $0.hasSuffix("exited 0") })
      let eaten = run.output.filter { $0.hasSuffix("eats") }
      if line.hasPrefix("philosophers") {
        let words = line.split(separator: " ")
        #expect(eaten.count == (Int(words[1]) ?? 0) * (Int(words[2]) ?? 0))
      }
      if line == "buffer" {
        #expect(
          run.output.compactMap { $0.split(separator: " ").last }.sorted() == [
            "1", "2", "3", "4", "5", "6",
          ]
        )
      }
    }
  }

  @Test(arguments: [2, 3, 5])
  func `naive philosophers starve when they take turns, and not one after the other`(
    count: Int
  ) throws {
    let tids = (2...count + 1).map(TaskID.init(rawValue:))
    guard case .deadlock(let deadlock) = try ProgramRun("philosophers \(count)").run() else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.circles == [tids])
    let run = try ProgramRun("philosophers \(count)", policy: FirstInFirstOut())
    #expect(run.run() == .allFinished)
    #expect(run.output.count == 2 * count)
  }

  @Test func `without a lock payments are lost when the tasks take turns, and with it none`() throws
  {
    for (policy, line) in [
      (RoundRobin(), "1: balance 6, 4 lost"), (FirstInFirstOut(), "1: balance 10, nothing lost"),
    ] as [(any SchedulingPolicy, String)] {
      let run = try ProgramRun("account", policy: policy)
      #expect(run.run() == .allFinished)
      #expect(run.output == [line])
    }
    for policy in schedules {
      let run = try ProgramRun("account 7 locked", policy: policy)
      #expect(run.run() == .allFinished)
      #expect(run.output == ["1: balance 14, nothing lost"])
    }
  }

  @Test func `a notification that nobody waits for is lost`() throws {
    for policy in schedules {
      let run = try ProgramRun("lostwakeup", policy: policy)
      guard case .deadlock(let deadlock) = run.run() else {
        Issue.record("no deadlock")
        return
      }
      #expect(deadlock.blocked.map(\.tid) == [2])
      #expect(run.output == ["3: nobody waits for me"])
    }
  }

  @Test func `a buffer with the mutex outside is stuck`() throws {
    guard case .deadlock(let deadlock) = try ProgramRun("buffer wrong").run() else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.blocked.map(\.tid) == [2, 3, 4])
    #expect(deadlock.blocked.map(\.holds) == [["buffer"], [], []])
  }

  @Test func `foreign returns in a scheduler that parks it`() throws {
    let run = try ProgramRun("foreign", foreignAwaits: .park)
    #expect(run.run() == .allFinished)
    #expect(run.output == ["1: leaving the kernel", "1: back again"])
    #expect(run.endings == ["1: exited 0"])
  }

  @Test(arguments: [2, 3, 7, 100])
  func `a circle is a deadlock, which names its tasks`(count: Int) throws {
    let run = try ProgramRun("circle \(count)")
    let tids = (1...count).map(TaskID.init(rawValue:))
    guard case .deadlock(let deadlock) = run.run() else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.circles == [tids])
    #expect(deadlock.blocked.map(\.tid) == tids)
    #expect(run.output == [])
  }

  @Test func `a circle of one is refused by the kernel`() throws {
    let run = try ProgramRun("circle 1")
    #expect(run.run() == .allFinished)
    #expect(run.endings == ["1: failed: task 1 cannot wait for itself: it would wait for ever"])
  }

  @Test(arguments: [1, 2, 3, 4] as [TaskID])
  func `killing any task resolves a circle`(victim: TaskID) throws {
    let run = try ProgramRun("circle 4")
    run.run()
    try run.kill(victim)
    #expect(run.run() == .allFinished)
    #expect(run.output.count == 3)
    #expect(run.endings.count == 4)
    #expect(run.status(of: victim) == .killed)
  }

  @Test(arguments: [1, 2, 3, 10, 100])
  func `a fork bomb reaches the task limit, and says so once`(limit: Int) throws {
    let run = try ProgramRun("forkbomb", limits: Limits(tasks: limit))
    run.run(ticks: 2_000)
    #expect(run.scheduler.liveTaskCount == limit)
    #expect(run.output.count == 1)
    #expect(run.output.first?.hasSuffix(": contained: there is room for \(limit) tasks") == true)
    #expect(run.endings == [])
  }

  @Test(arguments: [1, 4, 30, 1_000_000])
  func `babble numbers its lines, which have the given length`(length: Int) throws {
    let run = try ProgramRun("babble \(length)")
    run.run(ticks: 3)
    #expect(run.output.map { $0.prefix(5) } == ["1: 1 ", "1: 2 ", "1: 3 "])
    #expect(run.output.allSatisfy { $0.utf8.count == "1: 1 ".utf8.count + length })
  }

  @Test func `other tasks run despite a fork bomb`() throws {
    let run = try ProgramRun("forkbomb", limits: Limits(tasks: 50))
    let counter = try run.spawn("count 20")
    run.run(ticks: 5_000)
    #expect(run.status(of: counter) == .exited(0))
  }

  @Test func `a new task replaces a killed task of a fork bomb`() throws {
    let run = try ProgramRun("forkbomb", limits: Limits(tasks: 30))
    run.run(ticks: 1_000)
    for victim in [1, 15, 30] as [TaskID] {
      try run.kill(victim)
      #expect(run.scheduler.liveTaskCount == 29)
      run.run(ticks: 1_000)
      #expect(run.scheduler.liveTaskCount == 30)
    }
    #expect(run.output.count == 1)
    run.scheduler.shutdown()
    #expect(run.run() == .allFinished)
  }
}

extension ProgramRun {
  /// The number of calls that were refused to tasks being killed.
  fileprivate var resisted: Int {
    count { if case .resisted = $0 { true } else { false } }
  }
}
