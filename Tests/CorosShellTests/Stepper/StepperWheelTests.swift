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

  private func guest(drives: Bool, client: Int = 1) -> SteppedGuest {
    SteppedGuest(stage, steppers, client: client, mayChange: drives)
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

  @Test func `whoever makes the machine run, everybody sees that it runs, and how fast`() {
    let own = StepperModel(stage.shell)
    defer { own.close() }
    let (driver, watcher) = (guest(drives: true), guest(drives: false, client: 2))
    desk.driver = 7
    func ownLine() -> String { own.lines(width: 80, height: 24)[0].text }
    #expect(watcher.screen().contains("paused 10/s") && ownLine().hasSuffix("paused 10/s "))
    driver.press("+ enter")
    #expect(watcher.screen().contains("running 20/s") && ownLine().hasSuffix("running 20/s "))
    // Also for somebody who looks back.
    watcher.press("left")
    #expect(watcher.screen().contains("running 20/s"))
    driver.press("- enter")
    #expect(watcher.screen().contains("paused 10/s") && ownLine().hasSuffix("paused 10/s "))
    driver.press("enter")
    steppers.close(for: 1)
    #expect(watcher.screen().contains("paused 10/s"))
    own.press(.enter)
    #expect(watcher.screen().contains("running 10/s"))
    own.press(.enter)
    #expect(watcher.screen().contains("paused 10/s"))
  }

  @Test(arguments: [
    "spawn count 2", "kill 1", "policy fifo", "stop 3", "nice 3 1", "break 2", "bookmark x", "step",
    "back",
    "reset", "live on 5", "branch 1", "limit tasks 50",
  ])
  func `whatever is done to the machine, those who look at it hear of it`(_ line: String) {
    if line == "live on 5" { stage.shell.console.settings.isInteractive = true }
    let before = stage.shell.standing
    stage.type("ps; why 1; events; print 1")
    #expect(stage.shell.standing == before)
    stage.type(line)
    #expect(stage.shell.standing != before)
  }

  @Test func `live mode is seen as running, except while a stepper has the machine's own screen`() {
    let watcher = guest(drives: false)
    stage.shell.session.live.start(rate: 33)
    #expect(watcher.screen().contains("running 33/s"))
    let own = StepperModel(stage.shell)
    #expect(watcher.screen().contains("paused 10/s"))
    own.close()
    #expect(watcher.screen().contains("running 33/s"))
    stage.type("clock real 1ms")
    #expect(watcher.screen().contains("running in real time"))
    stage.shell.session.live.stop()
    #expect(watcher.screen().contains("paused 10/s"))
  }

  @Test func `a stepper that falls silent runs nothing, and makes up for nothing`() {
    let own = StepperModel(stage.shell)
    defer { own.close() }
    own.press(.enter)
    let second: UInt64 = 1_000_000_000
    _ = own.runSlice(nanoseconds: second)
    #expect(stage.shell.stepperRun?.isAbandoned(at: 3 * second) == false)
    #expect(stage.shell.stepperRun?.isAbandoned(at: 5 * second) == true)
    let tick = stage.shell.scheduler.now
    _ = own.runSlice(nanoseconds: 9 * second)
    #expect(stage.shell.scheduler.now == tick)
    _ = own.runSlice(nanoseconds: 9 * second + second / 10)
    #expect(stage.shell.scheduler.now > tick)
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
