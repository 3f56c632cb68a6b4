import CorosKernel
import CorosSync
import Testing

/// Priorities of those who wait for locks, and what they lend to those who hold them.
@Suite(.timeLimit(.minutes(15))) struct DonationTests {
  @Test(arguments: Form.allCases) func `a semaphore and a condition serve the highest priority`(
    form: Form
  ) throws {
    let stage = Stage(form, lending: false)
    let s = try stage.semaphore("s", 0)
    let priorities = [23, 22, 21, 30, 29, 28, 27, 26, 25, 24]
    for number in priorities {
      try stage.task("\(number)", [.call(Acquire(s)), .write("\(number)")], priority: number)
    }
    stage.run()
    try stage.task("main", (1...10).flatMap { _ -> [Act] in [.call(Release(s)), .write("back")] })
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == (21...30).reversed().flatMap { ["\($0)", "back"] })

    let second = Stage(form, lending: false)
    let (m, c) = try {
      let mutex = try second.mutex("m")
      return (mutex, try second.condition("c", on: mutex))
    }()
    for number in priorities {
      try second.task(
        "\(number)",
        [
          .call(Lock(m)), .call(CondWait(c)), .call(Relock(c)), .write("\(number)"),
          .call(Unlock(m)),
        ],
        priority: number
      )
    }
    second.run()
    try second.task(
      "main",
      (1...10).flatMap { _ -> [Act] in
        [.call(Lock(m)), .call(Notify(c)), .write("signal"), .call(Unlock(m))]
      }
    )
    #expect(second.run() == .allFinished)
    #expect(second.texts == (21...30).reversed().flatMap { ["signal", "\($0)"] })
  }

  @Test(arguments: Form.allCases) func `under other policies who came first goes first`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let m = try stage.mutex("m")
    try stage.task(
      "own",
      [.call(Lock(m)), .compute, .compute, .compute, .compute, .call(Unlock(m))]
    )
    try stage.task("low", visitor("low", m), priority: 1)
    try stage.task("high", visitor("high", m), priority: 9)
    stage.run()
    #expect(stage.texts == ["low got", "high got", "low done", "high done"])
  }

  @Test(arguments: Form.allCases) func `a priority is asked for at the grant`(form: Form) throws {
    let stage = Stage(form, lending: false)
    let m = try stage.mutex("m")
    try stage.task("own", [.call(Lock(m)), .sleep(20), .call(Unlock(m))], priority: 9)
    try stage.task("A", [.sleep(1)] + visitor("A", m), priority: 5)
    try stage.task("B", [.sleep(1)] + visitor("B", m), priority: 3)
    stage.run(steps: 6)
    #expect(stage.waiters(m.id) == [2, 3])
    try stage.scheduler.perform(SetPriority(7, of: 3))
    #expect(stage.waiters(m.id) == [3, 2])
    stage.run()
    #expect(stage.texts == ["B got", "B done", "A got", "A done"])
  }

  @Test(arguments: Form.allCases) func `what was lent goes back when the wait ends`(
    form: Form
  ) throws {
    for end in ["timeout", "kill", "cancel"] {
      let stage = Stage(form, lending: true)
      let m = try stage.mutex("m")
      try stage.task("low", [.call(Lock(m)), .sleep(30), .call(Unlock(m))], priority: 1)
      stage.run(steps: 1)
      try stage.task("high", [.call(Lock(m, timeout: end == "timeout" ? 5 : nil))], priority: 9)
      stage.run(steps: 2)
      #expect(stage.loan(1) == "9 by 2")
      switch end {
      case "kill": try stage.kill(2)
      case "cancel": try stage.scheduler.perform(CancelTask(2))
      default: stage.run(steps: 1)
      }
      #expect(stage.scheduler.info(1)?.loan == nil, "after a \(end)")
      #expect(stage.scheduler.info(1)?.parameters.priority == 1)
      #expect(stage.run() == .allFinished)
    }
  }

  @Test(arguments: Form.allCases) func `the end of a middle one takes back what went through it`(
    form: Form
  ) throws {
    let stage = Stage(form, lending: true)
    let (a, b) = (try stage.mutex("a"), try stage.mutex("b"))
    try stage.task("low", [.call(Lock(a)), .sleep(50), .call(Unlock(a))], priority: 1)
    stage.run(steps: 1)
    try stage.task("middle", [.call(Lock(b)), .call(Lock(a))], priority: 5)
    stage.run(steps: 2)
    try stage.task("high", [.call(Lock(b, timeout: 40))], priority: 9)
    stage.run(steps: 2)
    #expect(stage.scheduler.info(1)?.loan?.priority == 9)
    #expect(stage.scheduler.info(2)?.loan?.priority == 9)
    try stage.kill(3)
    #expect(stage.loan(1) == "5 by 2")
    #expect(stage.scheduler.info(2)?.loan == nil)
    try stage.kill(2)
    #expect(stage.scheduler.info(1)?.loan == nil)
  }

  @Test(arguments: Form.allCases) func `one of two locks given back keeps what the other lends`(
    form: Form
  ) throws {
    let stage = Stage(form, lending: true)
    let (a, b) = (try stage.mutex("a"), try stage.mutex("b"))
    try stage.task(
      "low",
      [.call(Lock(a)), .call(Lock(b)), .write("1"), .compute, .call(Unlock(b))] + priority
        + [.call(Unlock(a))] + priority,
      priority: 1
    )
    stage.run(until: "1")
    try stage.task("high", visitor("high", a), priority: 9)
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["1", "9", "high got", "high done", "1"])
  }

  @Test(arguments: Form.allCases) func `a circle ends in a deadlock, and lends what it has`(
    form: Form
  ) throws {
    let stage = Stage(form, lending: true)
    let (a, b) = (try stage.mutex("a"), try stage.mutex("b"))
    try stage.task("left", [.call(Lock(a)), .sleep(3), .call(Lock(b))], priority: 3)
    try stage.task("right", [.call(Lock(b)), .sleep(3), .call(Lock(a))], priority: 7)
    try stage.task("third", [.sleep(9), .call(Lock(a, timeout: 2)), .tell], priority: 9)
    guard case .deadlock(let deadlock) = stage.run() else {
      Issue.record("no deadlock")
      return
    }
    #expect(deadlock.circles == [[1, 2]])
    // The third has lent 9 to both, and has taken it back from the circle, which has 7 of its own.
    #expect(stage.scheduler.info(1)?.loan?.priority == 7)
    #expect(stage.scheduler.info(2)?.loan == nil)
  }

  @Test(arguments: Form.allCases) func `a waiter on a condition lends once it wants the mutex`(
    form: Form
  ) throws {
    let stage = Stage(form, lending: true)
    let m = try stage.mutex("m")
    let c = try stage.condition("c", on: m)
    try stage.task(
      "high",
      [
        .call(Lock(m)), .call(CondWait(c)), .call(Relock(c)), .call(Unlock(m)), .write("high done"),
      ],
      priority: 9
    )
    stage.run(steps: 2)
    try stage.task(
      "low",
      [.call(Lock(m))] + priority + [.call(Notify(c)), .compute] + priority + [.call(Unlock(m))]
        + priority,
      priority: 1
    )
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["1", "9", "high done", "1"])
  }

  @Test(arguments: [false, true]) func `inversion, and its cure`(isLending: Bool) throws {
    let stage = Stage(.machine, lending: isLending)
    let bus = try stage.mutex("bus")
    try stage.task(
      "low",
      [.call(Lock(bus)), .compute, .compute, .compute, .compute, .call(Unlock(bus))],
      priority: 1
    )
    try stage.task(
      "middle",
      [.sleep(3)] + Array(repeating: .compute, count: 20) + [.write("middle done")],
      priority: 5
    )
    try stage.task("high", [.sleep(2), .call(Lock(bus)), .write("high has it")], priority: 9)
    #expect(stage.run() == .allFinished)
    #expect(
      stage.texts == (isLending ? ["high has it", "middle done"] : ["middle done", "high has it"])
    )
  }

  @Test func `a policy that takes over has its own rules`() throws {
    let stage = Stage(.machine, lending: true)
    let m = try stage.mutex("m")
    try stage.task("low", [.call(Lock(m)), .sleep(20), .call(Unlock(m))], priority: 1)
    stage.run(steps: 1)
    try stage.task("A", visitor("A", m), priority: 5)
    stage.run(steps: 1)
    try stage.task("B", visitor("B", m), priority: 9)
    stage.run(steps: 1)
    #expect(stage.waiters(m.id) == [3, 2])
    stage.scheduler.use(RoundRobin())
    #expect(stage.waiters(m.id) == [2, 3])
    #expect(stage.scheduler.info(1)?.loan == nil)
    stage.scheduler.use(HighestPriorityFirst(isLending: true))
    #expect(stage.waiters(m.id) == [3, 2])
    #expect(stage.loan(1) == "9 by 3")
    #expect(stage.run() == .allFinished)
  }

  @Test func `a chain of a thousand is lent to, and let go, without a stack`() throws {
    let scheduler = Scheduler(policy: HighestPriorityFirst(isLending: true))
    let count = 1_000
    let mutexes = try (0...count).map { try scheduler.perform(MakeMutex("m\($0)")) }
    struct Link: StateMachine {
      var calls: [any SystemCall]
      mutating func resume(with resumption: Resumption) -> Trap {
        if case .failure(let error) = resumption { return .threw(error) }
        return calls.isEmpty ? .returned : .call(calls.removeFirst())
      }
    }
    for index in 0..<count {
      let wanted: any SystemCall =
        index == 0 ? Sleep(1_000_000) as any SystemCall : Lock(mutexes[index - 1])
      try scheduler.createTask("link", machine: Link(calls: [Lock(mutexes[index]), wanted]))
      scheduler.run(ticks: 2)
    }
    try scheduler.createTask(
      "high",
      machine: Link(calls: [Lock(mutexes[count - 1])]),
      parameters: SchedulingParameters(priority: 9)
    )
    scheduler.run(ticks: 1)
    #expect(scheduler.info(1)?.loan?.priority == 9)
    try scheduler.perform(KillTask(TaskID(rawValue: count + 1)))
    #expect(scheduler.info(1)?.loan == nil)
    #expect(scheduler.brokenInvariants() == [])
  }
}
