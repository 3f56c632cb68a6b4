import CorosHistory
import CorosInsight
import CorosKernel
import CorosMachine
import CorosSession
import Testing

/// Programs in assembly in a session: one act, kept in the journal.
@Suite(.timeLimit(.minutes(15))) struct AssemblyTests {
  private static let text = """
    # It's a "race" of $2; \\ and 100 %
    .var count
    .again
    mov count, %ax
    add $1, %ax
    mov %ax, count
    sub $1, %bx
    test $0, %bx
    jgt .again
    halt
    """

  private func load(_ words: String...) throws -> AssemblyLoad {
    var settings = LoadSettings()
    for word in words { try settings.set(word) }
    return try AssemblyLoad(Self.text, name: "my race.s", settings)
  }

  @Test func `the journal has the program, and brings memory and registers back`() throws {
    let session = makeSession()
    let tids = try session.load(load("threads=2", "bx=3/4", "load=2000", "memory=4"))
    #expect(tids == [1, 2] && session.lastSpawned == 2)
    _ = session.run(ticks: 17)
    let other = makeSession()
    try other.load(session.journalText)
    #expect(other.picture == session.picture)
    for tid in tids { #expect(other.registers(of: tid) == session.registers(of: tid)) }
    _ = (session.run(), other.run())
    let cell = try session.memory(of: nil)?.value(of: 100)
    #expect(try other.memory(of: nil)?.value(of: 100) == cell)
    #expect(cell != nil && other.memory(of: 1)?.cell(named: "count") == 100)
  }

  @Test func `loading is one act, which going back takes back`() throws {
    let session = makeSession()
    try session.spawn("count", "3")
    _ = session.run(ticks: 2)
    _ = try session.load(load("threads=3"))
    _ = session.run(ticks: 9)
    _ = try session.machine.go(to: 1)
    #expect(session.memory(of: nil) == nil && session.registers(of: 2) == nil)
    #expect(session.scheduler.liveTaskCount == 1)
  }

  @Test func `without room for all threads nothing is loaded`() throws {
    let session = makeSession(MachineStart(taskLimit: 2))
    let program = try load("threads=3")
    #expect(throws: RequestFailure.noRoom(for: 3, room: 2)) { try session.load(program) }
    #expect(session.memory(of: nil) == nil && session.scheduler.liveTaskCount == 0)
  }

  @Test func `a trial runs the threads again`() throws {
    let session = makeSession()
    _ = try session.load(load("threads=2", "bx=5"))
    #expect(session.madeTaskCount == 2)
    let trial = try session.trial(under: .parse(option: "timer:every=3"), ticks: 1_000)
    #expect(trial.isFinished && trial.metrics.now == 62)
  }
}
