import CorosHistory
import CorosKernel
import CorosTestSupport
import Testing

@testable import CorosInsight

/// What is said of each step of random runs, with stops, kills, new weights and slow switches, under every policy.
@Suite(.timeLimit(.minutes(15))) struct EveryStepTests {
  private final class Run {
    let machine: TimeMachine
    let books = EventBooks()
    let timeline = TimelineRecorder()
    private var random: RandomSource
    private let count: Int

    init(_ policy: PolicyCase, _ seed: UInt64) throws {
      var random = RandomSource(seed: seed)
      machine = TimeMachine { Scheduler(policy: policy.make(), seed: seed) }
      machine.add(books)
      machine.add(timeline)
      let hardware = random.hardware()
      machine.act("machine") { $0.hardware = hardware }
      let jobs = random.jobs(1...5)
      try machine.act("create") { try $0.create(jobs) }
      count = jobs.count
      self.random = random
    }

    /// Does something to a task now and then.
    func meddle() {
      guard random.next(below: 8) == 0 else { return }
      let task = TaskID(rawValue: random.next(in: 1...count))
      switch random.next(below: 12) {
      case 0...3: _ = try? machine.perform(StopTask(task))
      case 4...7: _ = try? machine.perform(ContinueTask(task))
      case 8: _ = try? machine.perform(SetNice(random.next(in: -5...5), of: task))
      case 9: _ = try? machine.perform(SetTickets(random.next(in: 1...200), of: task))
      case 10: _ = try? machine.perform(SetPriority(random.next(in: -3...3), of: task))
      default: _ = try? machine.perform(KillTask(task))
      }
    }

    func explain(_ tid: TaskID) throws -> Explanation {
      let task = try #require(machine.scheduler.info(tid))
      return try Explanation(
        of: task,
        on: machine,
        tellsChoice: true,
        isInterrupted: { false }
      )
    }
  }

  @Test(arguments: PolicyCase.all)
  func `who was chosen, beside whom and instead of whom`(_ policy: PolicyCase) throws {
    for seed in 0..<4 as Range<UInt64> {
      let run = try Run(policy, seed)
      for _ in 0..<60 {
        run.meddle()
        guard case .dispatched(let tid) = run.machine.step() else { continue }
        let explanation = try run.explain(tid)
        #expect(explanation.beside.sorted() == run.books.beside)
        let text = explanation.sentences.joined(separator: "\n")
        #expect(text.contains("ready beside it") == !run.books.beside.isEmpty)
        if text.contains("no other task was ready") { #expect(run.books.beside.isEmpty) }
        guard let loser = explanation.preempted else { continue }
        #expect(loser == run.books.runners.first && loser != tid && run.books.couldGoOn)
        #expect(run.books.beside.contains(loser))
      }
    }
  }

  @Test(arguments: PolicyCase.all)
  func `since when a task is ready, and who ran instead`(_ policy: PolicyCase) throws {
    for seed in 4..<7 as Range<UInt64> {
      let run = try Run(policy, seed)
      for _ in 0..<60 {
        run.meddle()
        guard case .dispatched = run.machine.step() else { continue }
        for task in run.machine.scheduler.tasks() where task.state == .ready {
          let since = run.books.since[task.tid]
          #expect(try run.explain(task.tid).since == since, "task \(task.tid)")
        }
      }
    }
  }

  @Test(arguments: PolicyCase.all)
  func `the accounts add up, and are those of the timeline`(_ policy: PolicyCase) throws {
    for seed in 7..<27 as Range<UInt64> {
      let run = try Run(policy, seed)
      for _ in 0..<80 {
        run.meddle()
        run.machine.step()
      }
      let (now, tasks) = (
        run.machine.scheduler.now, run.machine.scheduler.tasks(includingEnded: true)
      )
      for task in tasks {
        let accounts = task.accounting
        let rows = run.timeline.rows(of: [task.tid], in: 0..<now, now: now)
        let figures = try #require(rows.first).figures
        let (wait, blocked) = (accounts.wait(now: now), accounts.blocked(now: now))
        let (stopped, switching) = (accounts.stopped(now: now), accounts.switching(now: now))
        #expect(figures.wait == wait && figures.run == accounts.dispatches)
        #expect(figures.blocked == blocked)
        #expect(figures.stopped == stopped && figures.switching == switching)
        #expect(figures.turnaround == accounts.turnaround)
        #expect(figures.response == accounts.response)
        let sum = wait + accounts.dispatches + blocked + stopped + switching
        if let turnaround = accounts.turnaround { #expect(turnaround == sum) }
        if accounts.end == nil, now >= accounts.arrival { #expect(now - accounts.arrival == sum) }
      }
    }
  }
}
