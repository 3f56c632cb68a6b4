import CorosKernel
import CorosSync
import Testing

@Suite(.timeLimit(.minutes(15))) struct BarrierTests {
  private func party(_ name: String, _ barrier: Barrier, rounds: Int = 1) -> [Act] {
    Array(
      repeatElement([.call(Arrive(barrier)), .tell { "\(name)#\($0)" }], count: rounds).joined()
    )
  }

  @Test(arguments: Form.allCases) func `all go on together, round after round`(form: Form) throws {
    let stage = Stage(form)
    let barrier = try stage.scheduler.perform(MakeBarrier("door", parties: 3))
    for name in ["A", "B", "C"] { try stage.task(name, party(name, barrier, rounds: 2)) }
    #expect(stage.run() == .allFinished)
    #expect(stage.output == "3:1:A#0 4:2:B#1 5:3:C#2 9:1:A#0 10:2:B#1 11:3:C#2")
  }

  @Test(arguments: Form.allCases) func `a party that is killed leaves its place`(form: Form) throws
  {
    let stage = Stage(form)
    let barrier = try stage.scheduler.perform(MakeBarrier("door", parties: 3))
    for name in ["A", "B", "C"] {
      try stage.task(name, (name == "C" ? [.sleep(5)] : []) + party(name, barrier))
    }
    stage.run(steps: 3)
    try stage.kill(1)
    guard case .deadlock = stage.run() else {
      Issue.record("no deadlock")
      return
    }
    #expect(stage.waiters(barrier.id) == [2, 3])
    try stage.task("D", party("D", barrier))
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["B#0", "C#1", "D#2"])
  }

  @Test func `less than one party is an error`() throws {
    #expect(throws: SystemCallError.self) { try Scheduler().perform(MakeBarrier(parties: 0)) }
    let scheduler = Scheduler()
    let barrier = try scheduler.perform(MakeBarrier(parties: 1))
    #expect(try scheduler.perform(Arrive(barrier)) == 0)
  }
}
