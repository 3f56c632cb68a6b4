import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession
import Testing

@testable import CorosShell

/// The machine's own stepper, while others have theirs: who drives, and what each sees of the other.
@Suite(.timeLimit(.minutes(15))) struct StepperWheelTests {
  let stage = TestShell()
  let desk = TestDesk()
  private let steppers = GuestSteppers()

  init() {
    stage.type("spawn family; spawn count 9; spawn clock 9 3; spawn circle; step 12")
    stage.shell.visitors = desk
  }

  private func guest(drives: Bool) -> SteppedGuest {
    SteppedGuest(stage, steppers, mayChange: drives)
  }

  @Test func `the owner's open stepper shows what another terminal does`() {
    let own = StepperModel(stage.shell)
    defer { own.close() }
    _ = own.lines(width: 80, height: 24)
    let driver = guest(drives: true)
    desk.driver = 7
    driver.press("s")
    #expect(own.state(width: 80, height: 24).tick == 13)
    #expect(own.state(width: 80, height: 24).wheel == "process 7 drives")
    driver.press("left left left")
    let state = own.state(width: 80, height: 24)
    #expect(state.tick == 10 && state.events == driver.stepper.state?.events)
    driver.press(":reset")
    #expect(own.state(width: 80, height: 24).items.isEmpty)
    #expect(own.state(width: 80, height: 24).events.isEmpty)
  }

  @Test func `a key of the owner that moves the machine takes the wheel back`() {
    let own = StepperModel(stage.shell)
    defer { own.close() }
    desk.driver = 7
    for key: ScreenKey in [.down, .character("w"), .escape, .character("z")] { own.press(key) }
    #expect(desk.driver == 7)
    own.press(.right)
    #expect(desk.driver == nil && stage.shell.scheduler.now == 13)
    own.press(.enter)
    desk.driver = 8
    _ = own.runSlice(nanoseconds: 1)
    _ = own.runSlice(nanoseconds: 1_000_000_001)
    #expect(stage.shell.scheduler.now == 13 && own.run == nil)
    #expect(own.message?.text == "process 8 drives now")
  }

  @Test func `under the owner's stepper, whoever drives still reads what tasks write`() throws {
    let own = StepperModel(stage.shell)
    defer { own.close() }
    let line = GuestLine("run 30", look: (80, false), mayChange: true, isRunning: false)
    let frames = try #require(stage.shell.answer(line)).frames
    #expect(frames.map(\.text).joined().contains("[2] "))
    #expect(stage.host.takeSeen().isEmpty && stage.shell.monitor.isMuted)
  }

  @Test func `Ctrl-C at the machine is not taken for an answer to a guest's key`() {
    let driver = guest(drives: true)
    driver.press("s s")
    stage.host.patience = 0
    driver.press("w left")
    #expect(stage.host.forgotten == 0 && driver.screen().contains("interrupted at tick"))
    let own = StepperModel(stage.shell)
    defer { own.close() }
    own.press(.left)
    #expect(stage.host.forgotten == 1)
  }
}
