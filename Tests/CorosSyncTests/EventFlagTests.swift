import CorosKernel
import CorosSync
import Testing

@Suite(.timeLimit(.minutes(15))) struct EventFlagTests {
  @Test(arguments: Form.allCases)
  func `those who wait go on although it is cleared at once`(form: Form) throws {
    let stage = Stage(form)
    let event = try stage.scheduler.perform(MakeEvent("go"))
    try stage.task("A", [.call(WaitEvent(event)), .write("A")])
    try stage.task("B", [.call(WaitEvent(event)), .write("B")])
    try stage.task("S", [.call(SetEvent(event)), .call(ClearEvent(event)), .write("cleared")])
    try stage.task("L", [.call(WaitEvent(event)), .write("late")])
    #expect(stage.run() == .allFinished)
    #expect(stage.output == "4:1:A 5:2:B 7:4:late 10:3:cleared")
  }

  @Test(arguments: Form.allCases) func `one that is set makes nobody wait`(form: Form) throws {
    let stage = Stage(form)
    let event = try stage.scheduler.perform(MakeEvent("go"))
    #expect(try stage.scheduler.perform(SetEvent(event)) == 0)
    try stage.task("A", [.call(WaitEvent(event)), .write("A"), .call(ClearEvent(event))])
    try stage.task("B", [.sleep(9), .call(WaitEvent(event, timeout: 4)), .tell])
    #expect(stage.run() == .allFinished)
    #expect(stage.texts == ["A", "timed out"])
  }
}
