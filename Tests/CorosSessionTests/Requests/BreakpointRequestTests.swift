import CorosHistory
import CorosKernel
import CorosSession
import Testing

/// The breakpoints of a session.
@Suite(.timeLimit(.minutes(15))) struct BreakpointRequestTests {
  private let session = makeSession()

  private func set(_ point: StopPoint, commands: String? = nil) -> Int {
    session.setBreakpoint(
      point,
      BreakpointNote(kind: .breakpoint, what: "it runs", label: "", commands: commands)
    )
  }

  @Test func `they are listed, disabled and removed`() {
    #expect(session.missingBreakpoints == .noneSet)
    #expect(set(.deadlock, commands: "ps") == 1)
    #expect(set(.runs(.any)) == 2)
    #expect(session.breakpoints.map(\.breakpoint.number) == [1, 2])
    #expect(session.breakpoints[0].note.commands == "ps" && session.missingBreakpoints == nil)
    session.setBreakpoint(1, isEnabled: false)
    session.setBreakpoint(2, isEnabled: false)
    #expect(session.breakpoints.allSatisfy { !$0.breakpoint.isEnabled })
    #expect(session.missingBreakpoints == .noneEnabled)
    session.removeBreakpoint(1)
    session.setBreakpoint(2, isEnabled: true)
    #expect(session.breakpoints.map(\.breakpoint.number) == [2])
  }

  @Test func `a stop at a breakpoint explains the hit, and its commands are due once`() throws {
    try session.spawn("count", "2")
    let number = set(.runs(.task(1)), commands: "ps")
    let stop = try #require(session.run().end?.stop)
    #expect(stop.hits.map(\.hit.breakpoint) == [number])
    #expect(stop.hits.first?.text == "task 1 (count) has run")
    #expect(session.breakpointNotes.takeCommands()?.commands == "ps")
    #expect(session.breakpointNotes.takeCommands() == nil)
  }

  @Test func `a step that hits a breakpoint ends there`() throws {
    try session.spawn("count", "2")
    _ = set(.runs(.task(1)))
    let report = session.step(5)
    #expect(report.dispatches == 1 && report.end?.outcome == .breakpoint)
  }

  @Test func `running back ends at the last hit, then at the beginning`() throws {
    try session.spawn("count", "3")
    _ = session.run()
    _ = set(.tick(2))
    let hit = try session.runBack()
    #expect(hit.journey.tick == 2 && hit.journey.ahead == 2 && hit.stop != nil)
    let start = try session.runBack()
    #expect(start.journey.moment == 0 && start.stop == nil && start.missing == nil)
  }

  @Test func `running back can be interrupted, and then changes nothing`() throws {
    var isInterrupted = false
    let session = Session(catalogue: session.catalogue, start: MachineStart()) { isInterrupted }
    try session.spawn("count", "3")
    _ = session.run()
    let moment = session.machine.moment
    _ = session.setBreakpoint(
      .tick(2),
      BreakpointNote(kind: .breakpoint, what: "", label: "")
    )
    isInterrupted = true
    #expect(throws: RequestFailure.interrupted) { try session.runBack() }
    #expect(session.machine.moment == moment)
  }
}
