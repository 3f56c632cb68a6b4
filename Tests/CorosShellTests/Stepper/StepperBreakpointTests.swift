import CorosKernel
import Testing

@testable import CorosShell

/// Breakpoints, while the stepper has the screen.
@Suite struct StepperBreakpointTests {
  @Test func `one is hit where only the clock moves`() {
    let stepped = SteppedSession(
      "spawn clock 10 1; step; run 3; back; break tick 3 --once --do clock"
    )
    stepped.press("s")
    #expect(stepped.scheduler.now == 4)
    #expect(stepped.stepper.message?.text == "breakpoint 1: the clock has passed tick 3")
    #expect(stepped.stepper.overlay?.lines.first?.text.hasPrefix("tick 4;") == true)
  }

  @Test func `a stop forgets nothing of what was told`() {
    let stepped = SteppedSession("spawn count 150; spawn clock 2 2")
    for _ in 0..<150 { stepped.press("s") }
    stepped.stepper.habits.followed = 2
    let told = stepped.stepper.log.recent(1_000)
    #expect(told.contains { $0.task == 2 && $0.tick < 10 })
    stepped.session.shell.execute("break tick 151")
    stepped.press("s")
    #expect(stepped.stepper.message?.text.hasPrefix("breakpoint 1") == true)
    #expect(stepped.stepper.log.recent(1_000).starts(with: told))
  }

  @Test func `a goto that fails forgets nothing either`() {
    let stepped = SteppedSession("spawn count 150; spawn clock 2 2")
    for _ in 0..<150 { stepped.press("s") }
    let told = stepped.stepper.log.recent(1_000)
    stepped.press("g 9 9 9 enter")
    #expect(stepped.stepper.message?.text.contains("999") == true)
    #expect(stepped.stepper.log.recent(1_000) == told)
  }

  @Test func `its commands do not open it once more, on another machine neither`() {
    let stepped = SteppedSession("spawn count 9; break tick 2 --do 'reset; spawn count 9; stepper'")
    stepped.session.host.keys = []
    stepped.press("s s")
    let page = stepped.stepper.overlay?.lines.map(\.text) ?? []
    #expect(page.contains { $0.contains("the stepper is open already") })
  }
}
