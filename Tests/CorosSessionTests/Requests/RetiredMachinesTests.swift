import CorosHistory
import CorosKernel
import CorosSession
import CorosTestSupport
import Testing

/// Machines out of use end when a request is over, and an interrupt puts that off.
@Suite struct RetiredMachinesTests {
  private final class Keyboard {
    var isInterrupted = false
  }

  private let notes = Notes()
  private let keyboard = Keyboard()

  /// A session whose tasks note that they are cleaned up.
  private func session(tasks: Int) throws -> Session {
    let program = Program("clean", "notes its end", lesson: "none") { [notes] _ in
      .body { os in
        defer { notes.add("clean") }
        try await os.sleep(1_000)
      }
    }
    let session = Session(catalogue: Catalogue([program]), start: MachineStart()) { [keyboard] in
      keyboard.isInterrupted
    }
    for _ in 1...tasks { _ = try session.spawn(program, []) }
    _ = session.run(ticks: tasks)
    return session
  }

  @Test func `a reset is complete at once, and the old tasks end after it`() throws {
    let session = try session(tasks: 200)
    keyboard.isInterrupted = true
    #expect(session.reset() == 200)
    session.endRetiredMachines()
    #expect(notes.lines.count < 200)
    #expect(session.scheduler.liveTaskCount == 0 && session.machine.moment == 0)
    keyboard.isInterrupted = false
    session.endRetiredMachines()
    #expect(notes.lines.count == 200)
    session.endRetiredMachines()
    #expect(notes.lines.count == 200)
  }

  @Test func `what runs beside the machine ends, and the machine itself does not`() throws {
    let session = try session(tasks: 10)
    _ = try session.trial(under: .standard, ticks: 10)
    session.endRetiredMachines()
    #expect(notes.lines.count == 10)
    #expect(session.scheduler.liveTaskCount == 10)
    #expect(session.scheduler.brokenInvariants().isEmpty)
  }

  @Test func `few of them take memory during a request`() throws {
    let session = try session(tasks: 10)
    for trials in 1...5 {
      _ = try session.trial(under: .standard, ticks: 10)
      // Each new one ends the one before it.
      #expect(notes.lines.count == 10 * (trials - 1))
    }
  }

  @Test func `a loaded machine goes on, and the one before it ends`() throws {
    let session = try session(tasks: 10)
    let journal = session.journalText
    try session.load(journal)
    session.endRetiredMachines()
    #expect(notes.lines.count == 10)
    #expect(session.scheduler.liveTaskCount == 10)
  }

  @Test func `when the session goes away, all end`() throws {
    do {
      let session = try session(tasks: 200)
      keyboard.isInterrupted = true
      session.reset()
      session.endRetiredMachines()
    }
    #expect(notes.lines.count == 200)
  }
}
