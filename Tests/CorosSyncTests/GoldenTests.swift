import CorosKernel
import CorosSync
import CorosTestSupport
import Testing

/// Programs of textbooks and of other systems, whose order and ticks are known.
@Suite(.timeLimit(.minutes(15))) struct GoldenTests {
  private func status(_ stage: Stage, _ tid: TaskID) -> CorosKernel.ExitStatus? {
    if case .exited(let status)? = stage.scheduler.info(tid)?.state { status } else { nil }
  }

  // MARK: Locks

  @Test(arguments: Form.allCases) func `a kill breaks a circle, and the next is told`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let (a, b) = (try stage.mutex("A"), try stage.mutex("B"))
    try stage.task("left", [.call(Lock(a)), .write("l"), .call(Lock(b))])
    try stage.task("right", [.call(Lock(b)), .write("r"), .call(Lock(a)), .tell])
    guard case .deadlock = stage.run() else {
      Issue.record("no deadlock")
      return
    }
    try stage.kill(1)
    #expect(stage.run() == .allFinished)
    #expect(stage.output == "2:1:l 3:2:r 6:2:abandoned by task 1")
  }

  /// Fills and empties a buffer with a condition for each side; who looks again while it waits is right.
  private final class Buffer {
    var count = 0
  }

  @Test func `who looks again after a wait finds something, whoever came in between`() throws {
    let stage = Stage(.async)
    let mutex = try stage.mutex("m")
    let full = try stage.condition("full", on: mutex)
    let buffer = Buffer()
    func consumer(_ name: String) throws {
      try stage.scheduler.createTask(name) { os in
        try await os.lock(mutex)
        while buffer.count == 0 { try await os.wait(on: full) }
        buffer.count -= 1
        try await os.compute()
        try await os.unlock(mutex)
        try await os.write("\(name) ate")
      }
    }
    try consumer("C1")
    try stage.scheduler.createTask("P") { os in
      for round in 1...2 {
        if round == 2 { try await os.sleep(10) }
        try await os.lock(mutex)
        buffer.count += 1
        try await os.compute()
        try await os.notify(full)
        try await os.unlock(mutex)
      }
    }
    try consumer("C2")
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["C2 ate", "C1 ate"])
  }

  /// Where the consumers of the book's program sleep: in the loop in which they wait, or after the mutex.
  enum Pause: Sendable { case waiting, outside }

  /// Ten values by one producer, and an end for each of three consumers, who sleep for a second of 1,000 ticks.
  ///
  /// With room for three the book's program may save a second: there a consumer that comes back may take the mutex
  /// before those who wait for it. Here it is handed over, so that each of the 13 is waited for.
  @Test(arguments: [
    (1, Pause.waiting, 13), (3, .waiting, 13), (3, .outside, 5),
  ])
  func `consumers who sleep with the mutex do it one after another`(
    row: (room: Int, pause: Pause, seconds: Int)
  ) throws {
    let stage = Stage(.async)
    let mutex = try stage.mutex("m")
    let (empty, full) = (
      try stage.condition("empty", on: mutex), try stage.condition("full", on: mutex)
    )
    final class Line { var values: [Int] = [] }
    let line = Line()
    let end = -1
    let producer: TaskBody = { os in
      for value in Array(0..<10) + Array(repeating: end, count: 3) {
        try await os.lock(mutex)
        while line.values.count == row.room { try await os.wait(on: empty) }
        line.values.append(value)
        try await os.notify(full)
        try await os.unlock(mutex)
      }
    }
    for number in 1...3 {
      try stage.scheduler.createTask("C\(number)") { os in
        var value = 0
        while value != end {
          try await os.lock(mutex)
          while line.values.isEmpty {
            try await os.wait(on: full)
            if row.pause == .waiting { try await os.sleep(1_000) }
          }
          value = line.values.removeFirst()
          try await os.notify(empty)
          try await os.unlock(mutex)
          if row.pause == .outside { try await os.sleep(1_000) }
        }
      }
    }
    try stage.scheduler.createTask("P", producer)
    #expect(stage.run() == .allFinished)
    let ticks = stage.scheduler.now
    #expect(abs(ticks - row.seconds * 1_000) * 20 <= row.seconds * 1_000, "\(ticks) ticks")
  }

  // MARK: Priorities

  @Test func `a new task of higher priority runs to its end first`() throws {
    let stage = Stage(.async, lending: true)
    try stage.scheduler.createTask("main", parameters: SchedulingParameters(priority: 31)) { os in
      let high = try await os.newTask("high") { os in
        for number in 0..<5 {
          try await os.write("iteration \(number)")
          try await os.yield()
        }
        try await os.write("done!")
      }
      try await os.setPriority(32, of: high)
      try await os.write("main")
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == (0..<5).map { "iteration \($0)" } + ["done!", "main"])
  }

  @Test func `who lowers its priority lets the others go first at once`() throws {
    let stage = Stage(.async, lending: true)
    try stage.scheduler.createTask("main", parameters: SchedulingParameters(priority: 31)) { os in
      let second = try await os.newTask("second") { os in
        try await os.write("2 lowers")
        try await os.setPriority(30)
        try await os.write("2 ends")
      }
      try await os.setPriority(32, of: second)
      try await os.write("2 has lowered")
      try await os.setPriority(29)
      try await os.write("2 has ended")
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["2 lowers", "2 has lowered", "2 ends", "2 has ended"])
  }

  @Test(arguments: Form.allCases) func `a waiter whose priority rises lends more`(form: Form) throws
  {
    let stage = Stage(form, lending: true)
    let m = try stage.mutex("m")
    try stage.task("low", [.call(Lock(m)), .sleep(30), .call(Unlock(m))], priority: 1)
    stage.run(steps: 1)
    try stage.task("waiter", [.call(Lock(m)), .call(Unlock(m))], priority: 5)
    stage.run(steps: 2)
    #expect(stage.loan(1) == "5 by 2")
    try stage.scheduler.perform(SetPriority(7, of: 2))
    #expect(stage.loan(1) == "7 by 2")
    #expect(stage.run() == .allFinished)
  }

  @Test(arguments: Form.allCases)
  func `a lock passes to who waits for it, and a task that has not asked yet waits then`(
    form: Form
  ) throws {
    let stage = Stage(form, lending: true)
    let m = try stage.mutex("m")
    func counts(_ tid: TaskID) -> Int? {
      stage.scheduler.info(tid).map { $0.loan?.priority ?? $0.parameters.priority }
    }
    try stage.task(
      "low",
      [.call(Lock(m)), .write("1"), .compute] + priority + [.write("2"), .compute]
        + [.call(Unlock(m))] + priority,
      priority: 1
    )
    stage.run(until: "1")
    let visit = [.call(Lock(m))] + priority + [.call(Unlock(m))] + priority
    try stage.task("w5", visit, priority: 5)
    stage.run(steps: 1)
    try stage.task("w9", visit, priority: 9)
    stage.run(until: "2")
    #expect(counts(1) == 9)
    try stage.task("w7", visit, priority: 7)
    #expect(stage.run() == .allFinished)
    // Low runs at 9, so that w7 has not asked when w9 gives the lock to w5, the only one in the queue.
    #expect(stage.texts == ["1", "9", "2", "9", "9", "7", "7", "7", "5", "1"])
  }

  @Test(arguments: [
    (false, "25:2:middle done 31:3:high has it 34:1:low done"),
    (true, "9:3:high has it 32:2:middle done 34:1:low done"),
  ])
  func `inversion costs what it costs, and lending what it takes`(
    row: (lends: Bool, output: String)
  )
    throws
  {
    let stage = Stage(.machine, lending: row.lends)
    let bus = try stage.mutex("bus")
    let computes = Array(repeating: Act.compute, count: 20)
    try stage.task(
      "low",
      [.call(Lock(bus))] + computes.prefix(4) + [.call(Unlock(bus)), .write("low done")],
      priority: 1
    )
    try stage.task("middle", [.sleep(3)] + computes + [.write("middle done")], priority: 5)
    try stage.task(
      "high",
      [.sleep(2), .call(Lock(bus)), .write("high has it"), .call(Unlock(bus))],
      priority: 9
    )
    #expect(stage.run() == .allFinished)
    #expect(stage.output == row.output)
    #expect(stage.scheduler.now == 36)
  }

  // MARK: Links

  @Test func `a kill cannot be trapped, and reaches the linked as a kill`() throws {
    let stage = Stage(.async)
    try stage.scheduler.createTask("trapper") { os in
      try await os.trapExits()
      try await os.sleep(100)
    }
    for name in ["linked", "trapping"] {
      try stage.scheduler.createTask(name) { os in
        if name == "trapping" { try await os.trapExits() }
        try await os.link(with: 1)
        try await os.write("\(try await os.receive())")
      }
    }
    stage.run(steps: 7)
    try stage.kill(1)
    #expect(stage.run() == .allFinished)
    #expect(status(stage, 1) == .killed)
    #expect(status(stage, 2) == .killed)
    #expect(stage.texts == ["exit of 1: killed"])
    #expect(status(stage, 3) == .exited(0))
  }

  // MARK: Cancellation

  @Test func `a holder that is cancelled gives its lock back, and one that is killed leaves it`()
    throws
  {
    for isKill in [false, true] {
      let stage = Stage(.async)
      let mutex = try stage.mutex("m")
      try stage.scheduler.createTask("holder") { os in
        try await os.withLock(mutex) { try await os.sleep(100) }
      }
      try stage.task("next", user(of: mutex))
      stage.run(steps: 2)
      if isKill {
        try stage.kill(1)
      } else {
        try stage.scheduler.perform(CancelTask(1))
      }
      #expect(stage.run() == .allFinished)
      #expect(
        stage.texts == [isKill ? "has it, abandoned by task 1" : "has it, given back in order"]
      )
      #expect(stage.sharing.contains { $0.hasSuffix("takes m of 1") } == isKill)
    }
  }

  @Test func `the masked part is completed, and the cancellation comes after it, and again`() throws
  {
    let stage = Stage(.async)
    try stage.scheduler.createTask { os in
      try await os.withShield {
        try await os.sleep(5)
        try await os.write("completed")
      }
      for _ in 1...2 {
        do { try await os.sleep(5) } catch { try await os.write("\(error)") }
      }
      try await os.write("lives on")
    }
    stage.run(steps: 2)
    #expect(try stage.scheduler.perform(CancelTask(1, because: "first")))
    #expect(try !stage.scheduler.perform(CancelTask(1, because: "second")))
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["completed", "cancelled: first", "cancelled: first", "lives on"])
    #expect(status(stage, 1) == .exited(0))
  }

  @Test(arguments: Form.allCases) func `a cancellation comes at each point, and at no other`(
    form: Form
  ) throws {
    let stage = Stage(form)
    let sleep: [Act] = [.sleep(100), .tell { $0.hasFailed ? "caught" : "slept" }]
    try stage.task("A", sleep + sleep + sleep)
    stage.scheduler.run(ticks: 5)
    #expect(try stage.scheduler.perform(CancelTask(1)))
    #expect(stage.run() == .allFinished)
    #expect(stage.output == "5:1:caught 7:1:caught 9:1:caught")
  }

  @Test(arguments: Form.allCases) func `a shield holds a cancellation off to its own tick`(
    form: Form
  ) throws {
    let stage = Stage(form)
    try stage.task(
      "A",
      [
        .sleep(100), .call(OpenScope(isShield: true)), .sleep(10), .write("masked"),
        .call(CloseScope(1)), .sleep(5),
      ]
    )
    stage.scheduler.run(ticks: 5)
    #expect(try stage.scheduler.perform(CancelTask(1)))
    #expect(stage.run() == .allFinished)
    #expect(stage.output == "17:1:masked")
    #expect(stage.ends[1] == 21)
  }
}
