import CorosKernel
import CorosTestSupport
import Testing

@Suite struct CoroutineTests {
  private func texts(_ coroutine: inout some Coroutine) -> [String] {
    var texts: [String] = []
    var resumption = Resumption.start
    while true {
      let trap = coroutine.resume(with: resumption)
      switch trap {
      case .call(let call as Write):
        texts.append(call.text)
        resumption = .reply(())
      case .call, .short:
        texts.append(trap.systemCall.map { "\($0)" } ?? "nothing")
        resumption = .failure(SystemCallError.timedOut)
      case .returned: return texts + ["returned"]
      case .threw(let error): return texts + ["threw \(error)"]
      case .escaped: return texts + ["escaped"]
      }
    }
  }

  @Test func `an async coroutine is resumed by hand, with no scheduler`() {
    var coroutine = AsyncCoroutine { os in
      try await os.write("one")
      try await os.write("two")
    }
    #expect(!coroutine.hasEnded)
    #expect(texts(&coroutine) == ["one", "two", "returned"])
    #expect(coroutine.hasEnded)
    guard case .returned = coroutine.resume() else {
      Issue.record("it came back from the dead")
      return
    }
  }

  @Test func `a state machine is resumed by hand, and a copy is independent`() {
    var machine = Script([Write("one"), Write("two")]).machine
    _ = machine.resume(with: .start)
    var copy = machine
    #expect(texts(&machine) == ["two", "returned"])
    #expect(texts(&copy) == ["two", "returned"])
  }

  @Test func `replies and errors given by hand reach the body`() {
    let coroutine = AsyncCoroutine { os in
      let tid = try await os.getTid()
      do {
        _ = try await os.getTime()
      } catch {
        try await os.write("\(tid) \(error)")
      }
      _ = try await os.getTid()
    }
    coroutine.resume()
    coroutine.resume(with: .reply(TaskID(5)))
    guard case .call(let write as Write) = coroutine.resume(with: .failure(Mishap())) else {
      Issue.record("no write")
      return
    }
    #expect(write.text == "5 a mishap")
    coroutine.resume()
    guard case .threw(let error) = coroutine.resume(with: .reply("not a tid")) else {
      Issue.record("a wrong reply passed")
      return
    }
    #expect(error as? SystemCallError == .wrongReply(to: "GetTid"))
  }

  @Test func `a dropped coroutine runs its defers, and one that never started never runs`() {
    let notes = Notes()
    do {
      let started = AsyncCoroutine { os in
        defer { notes.add("unwound") }
        try await os.yield()
        notes.add("not reached")
      }
      started.resume()
      _ = AsyncCoroutine { _ in notes.add("never") }
    }
    #expect(notes.lines == ["unwound"])
  }

  @Test func `a dropped coroutine that refuses to end is abandoned`() {
    var attempts = 0
    do {
      let coroutine = AsyncCoroutine { os in
        while attempts < 1_000_000 {
          attempts += 1
          try? await os.yield()
        }
      }
      coroutine.resume()
    }
    #expect(attempts > 1 && attempts < 2_000)
  }

  @Test func `a coroutine can be resumed by hand inside a task, and a scheduler can run there`()
    throws
  {
    let notes = Notes()
    let outer = Scheduler()
    try outer.createTask { os in
      var coroutine = AsyncCoroutine { os in
        try await os.write("inner one")
        try await os.write("inner two")
      }
      coroutine.resume()
      try await os.yield()
      for text in texts(&coroutine) { notes.add(text) }
      let inner = Scheduler()
      try inner.createTask { os in
        try await os.sleep(10)
        notes.add("inner tid \(try await os.getTid())")
      }
      try await os.yield()
      notes.add("\(inner.runEventLoop())")
      notes.add("outer tid \(try await os.getTid())")
    }
    #expect(run(outer) == .allFinished)
    #expect(
      notes.lines == ["inner two", "returned", "inner tid 1", "allFinished", "outer tid 1"]
    )
  }

  @Test func `the interface of one scheduler is refused in a task of another`() throws {
    let notes = Notes()
    var stolen: SystemInterface?
    let first = Scheduler()
    try first.createTask { os in
      stolen = os
      try await os.sleep(1)
    }
    first.step()
    let second = Scheduler()
    try second.createTask { os in
      do {
        try await stolen?.yield()
      } catch {
        notes.add("\(error)")
      }
      notes.add("\(try await os.getTid())")
    }
    #expect(run(second) == .allFinished)
    #expect(run(first) == .allFinished)
    #expect(notes.lines == ["\(SystemCallError.notTheTask)", "1"])
  }

  @Test func `both forms of a program give the same events, alone and mixed`() throws {
    func events(_ forms: [Bool]) throws -> ([Event], [String]) {
      let scheduler = Scheduler(policy: RoundRobin(quantum: 2), seed: 3)
      let log = EventLog()
      scheduler.add(log)
      let notes = Notes()
      let programs: [[any SystemCall]] = [
        [GetTid(), Sleep(3), WaitTask(2), Write("done"), WaitTask(1), WaitTask(44)],
        [Yield(), Compute(), Random(below: 100), GetTime(), Exit(4), Write("never")],
        [WaitTask(1, timeout: 2), WaitAnyChild(), KillTask(4), StopTask(3), GetParent()],
        [Sleep(500), Write("never")],
      ]
      for (calls, isBody) in zip(programs, forms) {
        let script = Script(calls, notes: notes)
        if isBody {
          try scheduler.createTask("script", script.body)
        } else {
          try scheduler.createTask("script", machine: script.machine)
        }
      }
      #expect(run(scheduler) == .stopped([3]))
      try scheduler.perform(ContinueTask(3))
      #expect(run(scheduler) == .allFinished)
      return (log.events, notes.lines)
    }
    let expected = try events([true, true, true, true])
    #expect(expected.0.count > 50)
    for forms in [
      [false, false, false, false], [true, false, true, false], [false, true, true, false],
    ] {
      let found = try events(forms)
      #expect(found.0 == expected.0)
      #expect(found.1 == expected.1)
    }
  }
}
