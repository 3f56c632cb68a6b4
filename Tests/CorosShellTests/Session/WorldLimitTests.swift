import CorosKernel
import CorosSession
import CorosTestSupport
import Testing

@testable import CorosCommands
@testable import CorosShell

/// A machine that speaks with the world: what stops it when its recording is full, and how a stepper waits with it.
@Suite(.timeLimit(.minutes(15))) struct WorldLimitTests {
  private let folder: TemporaryFolder
  private let stage = TestShell.keepingGoing()

  init() throws {
    folder = try TemporaryFolder()
    folder.write(String(repeating: "a line of twenty bytes\n", count: 2_000), to: "long")
  }

  private func begin() {
    stage.shell.console.settings.isInteractive = true
    stage.type("limit recording 1000; spawn cat \(folder.file("long")); spawn spin")
  }

  @Test(arguments: ["run 900", "step 900", "wait 2", "continue"])
  func `a full recording stops the machine, however it was made to run`(_ line: String) {
    begin()
    let output = stage.type(line)
    #expect(
      output.contains("what came in fills the recording, so the machine stopped"),
      "\(output)"
    )
    #expect(stage.shell.scheduler.now < 20)
    // In the past there is nothing to record.
    #expect(!stage.type("back 3; step 2").contains("recording"))
  }

  @Test func `a full recording ends live mode`() {
    begin()
    stage.runLive("live on 900")
    #expect(stage.host.takeSeen().contains("what came in fills the recording"))
    #expect(!stage.shell.session.live.isOn && stage.shell.scheduler.now < 20)
  }

  @Test func `a full recording ends the run of a stepper`() {
    begin()
    let stepper = StepperModel(stage.shell)
    defer { stepper.close() }
    stepper.press(.character("n"))
    stepper.press(.enter)
    stepper.press(.enter)
    for tenth: UInt64 in 1...50 { _ = stepper.runSlice(nanoseconds: tenth * 100_000_000) }
    #expect(stepper.run == nil && stage.shell.scheduler.now < 20)
    #expect(stepper.message?.text.contains("fills the recording") == true)
  }

  @Test func `a stepper that runs waits for the world, and goes on with it`() {
    let path = folder.file("socket")
    stage.type("spawn echo \(path)")
    let stepper = StepperModel(stage.shell)
    defer { stepper.close() }
    var tenths: UInt64 = 0
    func pass() {
      for _ in 0..<10 {
        tenths += 1
        _ = stepper.runSlice(nanoseconds: tenths * 100_000_000)
      }
    }
    stepper.press(.enter)
    pass()
    let tick = stage.shell.scheduler.now
    let said = stepper.message?.text ?? ""
    #expect(said.hasPrefix("the machine waits for the world") && !said.contains("; "), "\(said)")
    #expect(stepper.state(width: 80, height: 24).isRunning)
    pass()
    #expect(stage.shell.scheduler.now == tick)
    stage.type("spawn fetch \(path)")
    pass()
    #expect(stage.shell.scheduler.now > tick && stepper.run != nil)
    stepper.press(.enter)
    for _ in 0..<99 where stepper.message == nil { stepper.press(.right) }
    stepper.press(.right)
    #expect(stepper.run == nil && stepper.message?.text.hasSuffix("Enter waits for it") == true)
  }
}
