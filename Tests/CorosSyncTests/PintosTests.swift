import CorosKernel
import CorosSync
import Testing

/// The order of the published tests of Pintos, by whose names these go.
@Suite(.timeLimit(.minutes(15))) struct PintosTests {
  @Test(arguments: Form.allCases) func `donate-one`(form: Form) throws {
    let stage = Stage(form, lending: true)
    let a = try stage.mutex("a")
    try stage.task(
      "main",
      [.call(Lock(a)), .write("1"), .compute] + priority + [.write("2"), .compute] + priority
        + [.call(Unlock(a)), .write("main")],
      priority: 31
    )
    stage.run(until: "1")
    try stage.task("acquire1", visitor("acquire1", a), priority: 32)
    stage.run(until: "2")
    try stage.task("acquire2", visitor("acquire2", a), priority: 33)
    #expect(stage.run() == .allFinished)
    #expect(
      stage.texts == [
        "1", "32", "2", "33", "acquire2 got", "acquire2 done", "acquire1 got", "acquire1 done",
        "main",
      ]
    )
  }

  @Test(arguments: Form.allCases) func `donate-multiple`(form: Form) throws {
    let stage = Stage(form, lending: true)
    let (a, b) = (try stage.mutex("a"), try stage.mutex("b"))
    try stage.task(
      "main",
      [.call(Lock(a)), .call(Lock(b)), .write("1"), .compute] + priority + [.write("2"), .compute]
        + priority + [.call(Unlock(b))] + priority + [.call(Unlock(a))] + priority,
      priority: 31
    )
    stage.run(until: "1")
    try stage.task("A", visitor("A", a), priority: 32)
    stage.run(until: "2")
    try stage.task("B", visitor("B", b), priority: 33)
    #expect(stage.run() == .allFinished)
    #expect(
      stage.texts == [
        "1", "32", "2", "33", "B got", "B done", "32", "A got", "A done", "31",
      ]
    )
  }

  @Test(arguments: Form.allCases) func `donate-multiple2`(form: Form) throws {
    let stage = Stage(form, lending: true)
    let (a, b) = (try stage.mutex("a"), try stage.mutex("b"))
    try stage.task(
      "main",
      [.call(Lock(a)), .call(Lock(b)), .write("1"), .compute] + priority
        + [.write("2"), .compute] + priority + [.write("3"), .compute] + priority
        + [.call(Unlock(a))] + priority + [.call(Unlock(b))] + priority,
      priority: 31
    )
    stage.run(until: "1")
    try stage.task("A", visitor("A", a), priority: 34)
    stage.run(until: "2")
    try stage.task("C", [.write("C done")], priority: 32)
    stage.run(until: "3")
    try stage.task("B", visitor("B", b), priority: 36)
    #expect(stage.run() == .allFinished)
    #expect(
      stage.texts == [
        "1", "34", "2", "34", "3", "36", "36", "B got", "B done", "A got", "A done", "C done", "31",
      ]
    )
  }

  @Test(arguments: Form.allCases) func `donate-nest`(form: Form) throws {
    let stage = Stage(form, lending: true)
    let (a, b) = (try stage.mutex("a"), try stage.mutex("b"))
    try stage.task(
      "L",
      [.call(Lock(a)), .write("1"), .compute] + priority + [.write("2"), .compute] + priority
        + [.call(Unlock(a))] + priority,
      priority: 31
    )
    stage.run(until: "1")
    try stage.task(
      "M",
      [.call(Lock(b)), .call(Lock(a))] + priority
        + [.write("M got"), .call(Unlock(a)), .call(Unlock(b)), .write("M done")],
      priority: 32
    )
    stage.run(until: "2")
    try stage.task("H", visitor("H", b), priority: 33)
    #expect(stage.run() == .allFinished)
    #expect(
      stage.texts == [
        "1", "32", "2", "33", "33", "M got", "H got", "H done", "M done", "31",
      ]
    )
  }

  @Test(arguments: Form.allCases) func `donate-lower`(form: Form) throws {
    let stage = Stage(form, lending: true)
    let a = try stage.mutex("a")
    try stage.task(
      "main",
      [.call(Lock(a)), .write("1"), .compute] + priority + [.call(SetPriority(21))] + priority
        + [.call(Unlock(a))] + priority,
      priority: 31
    )
    stage.run(until: "1")
    try stage.task("A", visitor("A", a), priority: 41)
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["1", "41", "41", "A got", "A done", "21"])
  }

  @Test(arguments: Form.allCases) func `donate-sema`(form: Form) throws {
    let stage = Stage(form, lending: true)
    let (a, s) = (try stage.mutex("a"), try stage.semaphore("s", 0))
    try stage.task(
      "main",
      [.sleep(20), .call(Release(s)), .write("main done")],
      priority: 31
    )
    try stage.task(
      "L",
      [.call(Lock(a)), .write("L lock"), .call(Acquire(s)), .write("L down"), .call(Unlock(a))]
        + [.write("L done")],
      priority: 32
    )
    stage.run(until: "L lock")
    stage.run(steps: 1)
    try stage.task("M", [.call(Acquire(s)), .write("M done")], priority: 34)
    stage.run(steps: 1)
    try stage.task(
      "H",
      [.call(Lock(a)), .write("H lock"), .call(Release(s)), .call(Unlock(a)), .write("H done")],
      priority: 36
    )
    #expect(stage.run() == .allFinished)
    // L goes before M at the semaphore, since H lends it 36.
    #expect(
      stage.texts == [
        "L lock", "L down", "H lock", "H done", "M done", "L done", "main done",
      ]
    )
  }

  @Test(arguments: Form.allCases) func `priority-fifo`(form: Form) throws {
    let stage = Stage(form, lending: true)
    let a = try stage.mutex("a")
    for id in 0..<4 {
      let visit: [Act] = [.call(Lock(a)), .write("\(id)"), .call(Unlock(a)), .yield]
      try stage.task("\(id)", visit + visit + visit, priority: 30)
    }
    #expect(stage.run() == .allFinished)
    #expect(stage.texts.joined() == "012301230123")
  }
}
