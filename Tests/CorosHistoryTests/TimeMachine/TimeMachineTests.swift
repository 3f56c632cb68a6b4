import CorosHistory
import CorosKernel
import CorosTestSupport
import Testing

@Suite struct TimeMachineTests {
  /// Three tasks that sleep, draw, write and have children, run to the end.
  private func machine(_ form: Form, _ policy: any SchedulingPolicy = RoundRobin()) -> TimeMachine {
    let machine = TimeMachine { Scheduler(policy: policy, seed: 7) }
    for rounds in [30, 12, 21] {
      _ = try? machine.act("spawn") { try $0.createTask("traveller", form.code(rounds: rounds)) }
    }
    return machine
  }

  @Test(arguments: Form.allCases, 0..<10)
  func `every moment of the past is restored`(_ form: Form, _ policy: Int) throws {
    let wanderer = Wanderer(form, policy: policiesToTravelUnder()[policy], seed: UInt64(policy))
    let machine = wanderer.machine
    while machine.moment < 150 { wanderer.order() }
    let end = machine.lastMoment
    var random = RandomSource(seed: 1)
    for moment in (0...end).shuffled(using: &random).prefix(60) + [end] {
      try machine.go(to: moment)
      #expect(machine.moment == moment)
      #expect(wanderer.differences(from: wanderer.sight(1, moment)) == [])
      #expect(machine.scheduler.brokenInvariants() == [])
    }
    #expect(machine.branchList.count == 1)
  }

  @Test(arguments: Form.allCases)
  func `the recorded future is followed step by step`(_ form: Form) throws {
    let wanderer = Wanderer(form, policy: RoundRobin(quantum: 2), seed: 5)
    let machine = wanderer.machine
    while machine.moment < 120 { wanderer.order() }
    let end = machine.lastMoment
    for start in [0, 17, 60, end - 1] {
      try machine.go(to: start)
      for moment in start + 1...end {
        machine.step()
        #expect(wanderer.differences(from: wanderer.sight(1, moment)) == [])
      }
      #expect(machine.ahead == 0)
    }
    #expect(machine.branchList.count == 1)
  }

  @Test(arguments: Form.allCases, 0..<12)
  func `storms with journeys and branches agree with the recorded states`(
    _ form: Form,
    _ seed: Int
  ) throws {
    let wanderer = Wanderer(form, policy: policiesToTravelUnder()[seed % 10], seed: UInt64(seed))
    let machine = wanderer.machine
    for _ in 0..<60 {
      switch wanderer.chance(5) {
      case 0:
        try machine.back(wanderer.chance(30))
        #expect(wanderer.differences(from: wanderer.sight(machine.branch, machine.moment)) == [])
      case 1:
        try machine.forward(wanderer.chance(30))
        #expect(wanderer.differences(from: wanderer.sight(machine.branch, machine.moment)) == [])
      case 2 where wanderer.chance(4) == 0:
        let branch = 1 + wanderer.chance(machine.branchList.count)
        #expect(try machine.switch(to: branch))
        #expect(wanderer.differences(from: wanderer.sight(branch, machine.lastMoment)) == [])
      default:
        let before = (machine.branch, machine.moment)
        wanderer.order()
        if machine.branch != before.0 { wanderer.inherit(from: before.0, upTo: before.1) }
      }
      #expect(machine.scheduler.brokenInvariants() == [])
    }
  }

  @Test func `back and forward count moments, and stop at the ends`() throws {
    let machine = machine(.machine)
    machine.run()
    let end = machine.moment
    #expect(try machine.back(5) == 5)
    #expect(machine.moment == end - 5)
    #expect(machine.ahead == 5)
    #expect(try machine.forward(2) == 2)
    #expect(try machine.forward(100) == 3)
    #expect(try machine.back(1_000_000) == end)
    #expect(machine.scheduler.now == 0)
    #expect(machine.scheduler.liveTaskCount == 3)
    #expect(try machine.back() == 0)
  }

  @Test func `a tick leads to the last moment at or before it`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") { try $0.createTask { os in try await os.sleep(50) } }
    machine.run()
    // At tick 0 the task runs; at tick 51 it wakes, and runs to its end.
    try machine.go(toTick: 30)
    #expect(machine.scheduler.now == 1)
    try machine.go(toTick: 52)
    #expect(machine.scheduler.now == 52)
    try machine.go(toTick: 1_000)
    #expect(machine.scheduler.now == 52)
    try machine.go(toTick: 0)
    #expect(machine.scheduler.now == 0)
    #expect(machine.scheduler.liveTaskCount == 1)
  }

  @Test func `a clock that stops at a limit is a separate moment`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") { try $0.createTask { os in try await os.sleep(50) } }
    machine.run(ticks: 20)
    #expect(machine.moment == 2)
    #expect(machine.run(ticks: 7) == .idle(until: 51))
    #expect(machine.scheduler.now == 27)
    machine.run()
    let end = picture(machine.scheduler)
    try machine.back(2)
    #expect(machine.scheduler.now == 20)
    // A limit inside the recorded jump begins a branch.
    machine.run(ticks: 3)
    #expect(machine.scheduler.now == 23)
    #expect(machine.branch == 2)
    machine.run()
    #expect(picture(machine.scheduler) == end)
  }

  @Test func `the last run of a task is found from any moment`() throws {
    let machine = machine(.async)
    var runs: [TaskID: [Int]] = [:]
    while case .dispatched(let task) = machine.step() {
      runs[task, default: []].append(machine.moment - 1)
    }
    let last = try #require(runs[2]?.last)
    #expect(machine.moment(ofLastRunOf: 2) == last)
    try machine.go(to: last)
    #expect(machine.step() == .dispatched(2))
    try machine.go(to: last)
    #expect(machine.moment(ofLastRunOf: 2) == runs[2]?.dropLast().last)
    #expect(machine.moment(ofLastRunOf: 99) == nil)
  }

  @Test(arguments: Form.allCases)
  func `observers receive nothing during a journey, and recorders go back`(_ form: Form) throws {
    let machine = machine(form)
    let plain = PlainObserver()
    let log = EventLog()
    machine.add(plain)
    machine.add(log)
    machine.run()
    let (heard, story) = (plain.count, log.story)
    try machine.back(40)
    #expect(log.story == Array(story.prefix(log.story.count)))
    #expect(log.story.count < story.count)
    #expect(plain.count == heard)
    machine.run()
    #expect(log.story == story)
    #expect(plain.count > heard)
  }

  private final class PlainObserver: Observer {
    let interests = Event.Kinds.all
    var count = 0
    func observe(_ event: Event) { count += 1 }
  }

  @Test func `the tasks of the old scheduler are ended without events`() throws {
    let notes = Notes()
    let machine = TimeMachine { Scheduler() }
    let log = EventLog()
    machine.add(log)
    try machine.act("spawn") {
      try $0.createTask { os in
        defer { notes.add("cleaned up") }
        do {
          while true { try await os.yield() }
        } catch {
          try? await os.write("a last word")
        }
      }
    }
    machine.run(ticks: 10)
    #expect(notes.lines.isEmpty)
    try machine.back(3)
    #expect(notes.lines == ["cleaned up"])
    #expect(log.output.isEmpty)
    #expect(machine.scheduler.liveTaskCount == 1)
  }

  @Test func `an act in the past begins a branch, and the old future stays`() throws {
    let machine = machine(.async)
    machine.run()
    let end = picture(machine.scheduler)
    let length = machine.moment
    try machine.go(to: 10)
    #expect(try machine.perform(KillTask(1)))
    #expect(machine.branch == 2)
    #expect(machine.ahead == 0)
    machine.run()
    let other = picture(machine.scheduler)
    #expect(other != end)
    let branches = machine.branchList
    #expect(branches.map(\.number) == [1, 2])
    #expect(branches.map(\.parent) == [nil, 1])
    #expect(branches.map(\.fork) == [0, 10])
    #expect(branches[0].lastMoment == length)
    #expect(branches[1].firstAct == "KillTask(task 1)")
    #expect(try machine.switch(to: 1))
    #expect(picture(machine.scheduler) == end)
    #expect(try machine.switch(to: 2))
    #expect(picture(machine.scheduler) == other)
    #expect(try machine.switch(to: 3) == false)
  }

  @Test func `bookmarks lead back, to another branch if necessary`() throws {
    let machine = machine(.machine)
    machine.run(ticks: 30)
    machine.bookmark("thirty")
    let thirty = picture(machine.scheduler)
    machine.run()
    try machine.go(to: 5)
    machine.bookmark("early")
    try machine.perform(KillTask(2))
    machine.run()
    #expect(machine.bookmarkList.map(\.name) == ["early", "thirty"])
    #expect(try machine.go(toBookmark: "thirty"))
    #expect(machine.branch == 1)
    #expect(picture(machine.scheduler) == thirty)
    #expect(try machine.go(toBookmark: "early"))
    #expect(machine.branch == 1)
    #expect(try machine.go(toBookmark: "late") == false)
  }

  @Test func `an act that fails is not recorded, and begins no branch`() throws {
    let machine = TimeMachine { Scheduler(limits: Limits(tasks: 1)) }
    try machine.act("spawn") { try $0.createTask { os in try await os.yield() } }
    machine.run()
    try machine.back()
    #expect(throws: SystemCallError.self) {
      try machine.act("spawn") { try $0.createTask { os in try await os.yield() } }
    }
    #expect(throws: SystemCallError.self) { try machine.pick(2) }
    #expect(machine.branchList.count == 1)
    #expect(machine.ahead == 1)
  }

  @Test func `a wait in the past is given up by the next act`() throws {
    let machine = machine(.async)
    try machine.perform(WaitTask(1))
    let end = machine.moment
    try machine.back(10)
    #expect(try machine.perform(KillTask(1)))
    #expect(try machine.perform(WaitTask(1)) == .killed)
    #expect(machine.scheduler.brokenInvariants() == [])
    try machine.switch(to: 1)
    #expect(machine.moment == end)
    #expect(machine.scheduler.brokenInvariants() == [])
  }

  @Test func `picks are part of the past`() throws {
    let machine = machine(.machine, OperatorsChoice())
    var random = RandomSource(seed: 2)
    var sights: [[String]] = [picture(machine.scheduler)]
    for _ in 0..<80 {
      let ready = machine.scheduler.readyQueue
      if !ready.isEmpty { try machine.pick(ready[random.next(below: ready.count)]) }
      if sights.count == machine.moment + 1 { sights[machine.moment] = picture(machine.scheduler) }
      let before = machine.moment
      machine.step()
      if machine.moment > before {
        sights.append(picture(machine.scheduler))
      } else {
        sights[before] = picture(machine.scheduler)
      }
    }
    for moment in sights.indices.shuffled(using: &random) {
      try machine.go(to: moment)
      #expect(picture(machine.scheduler) == sights[moment])
    }
  }

  @Test func `a pick is part of the past`() throws {
    let machine = TimeMachine { Scheduler(policy: Stride()) }
    try machine.act("spawn") {
      for _ in 0..<3 { try $0.createTask { os in for _ in 0..<5 { try await os.compute() } } }
    }
    machine.step()
    try machine.pick(3)
    machine.step()
    machine.run()
    try machine.go(to: 1)
    #expect(machine.scheduler.sliceHolder?.tid == 3)
    #expect(machine.step() == .dispatched(3))
    #expect(machine.branchList.count == 1)
  }
}
