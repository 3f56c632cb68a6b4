import Testing

@testable import CorosCommands
@testable import CorosShell

/// Breakpoints with conditions, and those at which the machine does not stop.
@Suite struct ConditionalBreakpointTests {
  @Test func `a breakpoint stops only where its condition holds after the step`() {
    let session = TestShell()
    session.type("spawn count 9; spawn count 9; break 1 if tick > 5")
    #expect(session.type("run").contains("tick 6: task 1 (count) has run"))
    #expect(session.type("rcontinue").contains("no breakpoint was hit before"))
    #expect(session.type("breaks").contains("task 1 runs, if tick > 5"))
  }

  @Test func `every kind of breakpoint takes a condition`() {
    for (line, tick) in [
      ("break write if dispatches(1) == 4", 7), ("break exit if count(live) == 0", 20),
      ("break call Write if tick >= 9", 9), ("break tick 4 if count(live) == 2", 4),
    ] {
      let session = TestShell()
      session.type("spawn count 9; spawn count 9")
      session.type(line)
      session.type("run")
      #expect(session.type("print tick") == "\(tick)\n", "\(line)")
    }
  }

  @Test func `a condition that means nothing is refused, with its place`() {
    let session = TestShell()
    let text = session.type("break exit if statte(1) == ready")
    #expect(text.contains("there is no function `statte`") && text.contains("did you mean"))
    #expect(session.type("break exit if").contains("there is no condition"))
    #expect(session.type("breaks").contains("no breakpoints"))
  }

  @Test func `a breakpoint that only logs shows its hits, and the run goes on`() {
    let session = TestShell()
    session.type("spawn count 3; break write --log; break exit --log --ignore 1")
    let text = session.type("run")
    #expect(text.contains("breakpoint 1, tick 0: task 1 (count) writes"))
    #expect(text.contains("breakpoint 1, tick 2: task 1 (count) writes"))
    #expect(!text.contains("breakpoint 2"))
    #expect(text.hasSuffix("all finished at tick 4\n"))
    #expect(session.type("breaks").contains("only shown"))
    #expect(session.type("rcontinue").contains("no breakpoint was hit before"))
    #expect(
      session.type("break exit --log --do ps").contains("no stop at which commands could run")
    )
  }
}
