import CorosHistory
import CorosKernel
import CorosSession
import Testing

/// Journeys to a destination, and why a destination cannot be reached.
@Suite(.timeLimit(.minutes(15))) struct TravelTests {
  /// A session at tick 6 of a counting task, with a bookmark at tick 2.
  private func session() throws -> Session {
    let session = makeSession()
    try session.spawn("count", "9")
    _ = session.run(ticks: 2)
    session.machine.bookmark("here")
    _ = session.run(ticks: 4)
    return session
  }

  private func refusal(_ session: Session, _ destination: Destination) throws -> Unreachable? {
    let (moment, branch) = (session.machine.moment, session.machine.branch)
    do {
      _ = try session.go(to: destination)
      return nil
    } catch .unreachable(let reason) {
      #expect((session.machine.moment, session.machine.branch) == (moment, branch))
      return reason
    }
  }

  @Test func `back and forward go by steps, as far as there are any`() throws {
    let session = try session()
    let back = try session.go(to: .back(4))
    #expect((back.tick, back.moved, back.ahead) == (2, -4, 4))
    let forward = try session.go(to: .forward(1))
    #expect((forward.tick, forward.moved, forward.ahead) == (3, 1, 3))
    #expect(try session.go(to: .forward(99)).tick == 6)
    #expect(try refusal(session, .forward(1)) == .end)
    #expect(try session.go(to: .back(99)).moment == 0)
    #expect(try refusal(session, .back(1)) == .beginning)
  }

  @Test func `a tick must be recorded`() throws {
    let session = try session()
    #expect(try session.go(to: .tick(0)).tick == 0)
    #expect(try session.go(to: .tick(6)).tick == 6)
    #expect(try refusal(session, .tick(7)) == .tick(7, last: 6))
  }

  @Test func `a bookmark must be set`() throws {
    let session = try session()
    #expect(try session.go(to: .bookmark("here")).tick == 2)
    #expect(try refusal(session, .bookmark("there")) == .bookmark("there", known: ["here"]))
  }

  @Test func `the last step of a task is before the present`() throws {
    let session = try session()
    try session.spawn("count", "9")
    _ = session.run(ticks: 1)
    #expect(session.scheduler.lastDispatched == 1)
    _ = session.run(ticks: 1)
    #expect(try session.go(to: .lastStep(of: 1)).tick == 6)
    #expect(try refusal(session, .lastStep(of: 2)) == .lastStep(of: 2, before: 6))
    #expect(try refusal(session, .lastStep(of: 99)) == .lastStep(of: 99, before: 6))
  }

  @Test func `a branch must exist`() throws {
    let session = try session()
    _ = try session.go(to: .back(3))
    _ = try session.kill(1)
    let journey = try session.go(to: .branch(1))
    #expect((journey.branch, journey.tick) == (1, 6))
    #expect(try session.go(to: .branch(2)).tick == 3)
    for number in [-1, 0, 3] { #expect(try refusal(session, .branch(number)) == .branch(number)) }
  }

  @Test func `a journey ends live mode`() throws {
    let session = try session()
    session.live.start(rate: 10)
    _ = try session.go(to: .back(1))
    #expect(!session.live.isOn)
  }
}
