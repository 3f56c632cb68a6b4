import CorosKernel
import Testing

@testable import CorosHistory

/// What a run records, however it is polled and however it ends.
@Suite(.timeLimit(.minutes(15))) struct RecordingTests {
  /// A machine with three tasks that sleep, draw, write and have children, and what an observer sees of it.
  private func machine(
    _ form: Form = .machine,
    _ policy: any SchedulingPolicy = RoundRobin()
  ) throws -> (TimeMachine, Witness) {
    let machine = TimeMachine { Scheduler(policy: policy, seed: 7) }
    for rounds in [30, 12, 21] {
      try machine.act("spawn") { try $0.createTask("traveller", form.code(rounds: rounds)) }
    }
    let witness = Witness(machine)
    machine.add(witness)
    return (machine, witness)
  }

  @Test(arguments: Form.allCases, 0..<10)
  func `what is recorded of each move is what an observer saw`(
    _ form: Form,
    _ policy: Int
  ) throws {
    var runs: [(moves: [Move], picture: [String], journal: [JournalEntry])] = []
    for polling in [Polling.everyMove, .every(3), .every(64), .every(.max)] {
      let (machine, witness) = try machine(form, policiesToTravelUnder()[policy])
      var random = RandomSource(seed: UInt64(policy))
      var outcome = RunOutcome.limitReached
      while outcome == .limitReached {
        _ = try? machine.perform(WaitTask(2, timeout: 3), polling: polling)
        outcome = machine.run(ticks: 1 + random.next(below: 40), polling: polling) { _ in false }
        if case .idle = outcome { outcome = .limitReached }
      }
      #expect(machine.moment > 60 && machine.recorded == witness.moves(of: machine.moment))
      runs.append((machine.recorded, picture(machine.scheduler), machine.journal))
    }
    for run in runs.dropFirst() {
      #expect(run.moves == runs[0].moves)
      #expect(run.picture == runs[0].picture)
      #expect(run.journal == runs[0].journal)
    }
  }

  @Test func `a branch leaves the recorded moves of the other as they were`() throws {
    let (machine, witness) = try machine()
    machine.run(ticks: 60)
    let first = machine.recorded
    try machine.back(20)
    let fork = machine.moment
    try machine.perform(StopTask(1))
    machine.run(ticks: 30)
    let second = machine.recorded
    #expect(machine.branch == 2 && second.count > fork)
    #expect(second.prefix(fork) == first.prefix(fork) && second != first)
    #expect(second == witness.moves(of: machine.moment))
    try machine.switch(to: 1)
    #expect(machine.recorded == first)
    machine.run(ticks: 5)
    #expect(machine.recorded.prefix(first.count) == first[...])
    try machine.switch(to: 2)
    #expect(machine.recorded == second)
  }

  @Test(arguments: [1, 4, 64])
  func `calls that a condition makes lie between the recorded moves`(_ moves: Int) throws {
    let (machine, witness) = try machine()
    var calls = 0
    let outcome = machine.run(ticks: 80, polling: .every(moves)) { _ in
      calls += 1
      _ = try? machine.perform(WaitTask(2, timeout: 3), polling: .every(moves))
      return false
    }
    #expect(outcome == .limitReached && calls >= 80 / (moves + 4))
    #expect(machine.recorded == witness.moves(of: machine.moment))
    let replayed = try #require(try machine.replay())
    #expect(picture(replayed) == picture(machine.scheduler))
  }

  // MARK: Ends

  @Test func `a condition is asked after so many moves, and ends the run there`() throws {
    let (machine, _) = try machine()
    machine.step()
    var asked: [Int] = []
    let outcome = machine.run(polling: .every(5)) { _ in
      asked.append(machine.moment)
      return asked.count == 4
    }
    #expect(outcome == .conditionMet)
    #expect(asked == [6, 11, 16, 21] && machine.moment == 21)
    #expect(machine.recorded.count == 21)
  }

  @Test func `a bell has the condition asked after the move in which it is rung`() throws {
    let (machine, _) = try machine()
    let ringer = Ringer(machine)
    machine.add(ringer)
    machine.step()
    var asked: [Int] = []
    machine.run(polling: .every(.max, or: ringer.bell)) { _ in
      asked.append(machine.moment)
      return false
    }
    #expect(asked.count > 3 && asked == ringer.moments.map { $0 + 1 })
    #expect(!ringer.bell.isRung)

    let (other, _) = try self.machine()
    let second = Ringer(other)
    other.add(second)
    other.step()
    other.run(polling: .every(.max, or: second.bell)) { _ in true }
    #expect(other.moment == asked[0])
  }

  @Test func `a bell that was rung before is answered after one move`() throws {
    let (machine, _) = try machine()
    machine.step()
    let bell = Doorbell()
    bell.ring()
    machine.run(polling: .every(.max, or: bell)) { _ in true }
    #expect(machine.moment == 2 && !bell.isRung)
  }

  @Test func `breakpoints stop a run that is asked seldom at the same moment`() throws {
    let points: [StopPoint] = [
      .runs(.task(3)), .writes("round 16"), .tick(33), .ends(.task(2)), .enters(1, .waiting),
      .holds { $0.idleTicks > 2 },
    ]
    for point in points {
      let runs = try [Polling.everyMove, .every(.max)].map { polling in
        let (machine, witness) = try machine()
        machine.breakpoints.add(point)
        #expect(machine.run(polling: polling) { _ in false } == .breakpoint)
        #expect(machine.recorded == witness.moves(of: machine.moment))
        return machine
      }
      #expect(runs[0].stop == runs[1].stop && runs[0].moment == runs[1].moment)
      #expect(runs[1].stop?.moment == runs[1].moment)
    }
  }

  @Test func `a run ends at its limit, also in idle time`() throws {
    let machine = TimeMachine { Scheduler() }
    try machine.act("spawn") { try $0.createTask { os in try await os.sleep(50) } }
    let outcome = machine.run(ticks: 20, polling: .every(64)) { _ in false }
    #expect(outcome == .idle(until: 51) && machine.scheduler.now == 20)
    #expect(machine.recorded == [Move(1, until: 1), Move(.operator, until: 20)])
    machine.run(ticks: 32)
    #expect(machine.recorded.dropFirst(2) == [Move(1, until: 52)])

    let (busy, _) = try self.machine()
    #expect(busy.run(ticks: 7) == .limitReached)
    #expect(busy.recorded.count == 7 && busy.recorded.last?.end == 7)
  }

  @Test func `tasks that ran are listed from any end of the history on`() throws {
    let (machine, witness) = try machine(.machine, Lottery())
    var ends: [TimeMachine.End] = []
    while machine.scheduler.now < 90 {
      ends.append(machine.end)
      machine.run(ticks: 7)
    }
    for end in ends {
      let tasks = witness.moves(of: machine.moment).dropFirst(end.moment).map(\.task)
      let ran = tasks.filter { $0 != .operator }
      #expect(machine.dispatches(since: end.moment) == ran.count)
      #expect(machine.tasks(since: end, most: .max) == ran)
      #expect(machine.tasks(since: end, most: 3) == Array(ran.prefix(3)))
    }
  }
}

/// What is known of a move.
private struct Move: Equatable {
  /// The task that ran; the operator where only the clock moved.
  let task: TaskID
  /// The tick at its end.
  let end: Tick

  init(_ task: TaskID, until end: Tick) {
    self.task = task
    self.end = end
  }
}

extension TimeMachine {
  /// What is recorded of each move.
  fileprivate var recorded: [Move] {
    var cursor = ChoiceLog.Cursor(history.choices)
    return (0..<history.count).map { Move(cursor.next(), until: history.ticks[$0 + 1]) }
  }
}

/// Keeps what happens in each move, by the moment that the machine shows meanwhile.
private final class Witness: Observer {
  let interests: Event.Kinds = [.dispatches, .clock]
  private unowned let machine: TimeMachine
  private var moves: [Int: Move] = [:]

  init(_ machine: TimeMachine) { self.machine = machine }

  func observe(_ event: Event) {
    #expect(machine.ahead == 0)
    let isJump = event.action.kind == .clock
    moves[machine.moment] = Move(event.task, until: event.tick + (isJump ? 0 : 1))
  }

  func moves(of count: Int) -> [Move] { (0..<count).compactMap { moves[$0] } }
}

/// Rings when something is written.
private final class Ringer: Observer {
  let interests: Event.Kinds = .output
  let bell = Doorbell()
  private(set) var moments: [Int] = []
  private unowned let machine: TimeMachine

  init(_ machine: TimeMachine) { self.machine = machine }

  func observe(_ event: Event) {
    moments.append(machine.moment)
    bell.ring()
  }
}
