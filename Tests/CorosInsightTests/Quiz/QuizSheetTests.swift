import CorosKernel
import Testing

@testable import CorosInsight

@Suite struct QuizSheetTests {
  /// A policy, and its rule as implemented by the tests.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let policy: PolicyChoice
    let rule: TextbookRun.Rule

    init(
      _ name: String,
      _ rule: TextbookRun.Rule,
      _ policy: @escaping @Sendable () -> any SchedulingPolicy
    ) {
      testDescription = name
      self.rule = rule
      self.policy = PolicyChoice(make: policy)
    }
  }

  static let cases = [
    Case("rr 1", .rr(quantum: 1)) { RoundRobin() },
    Case("rr 2", .rr(quantum: 2)) { RoundRobin(quantum: 2) },
    Case("rr 3", .rr(quantum: 3)) { RoundRobin(quantum: 3) },
    Case("rr, arrivals first", .rrArrivals(quantum: 2)) { RoundRobinAfterArrivals(quantum: 2) },
    Case("timer", .timer(every: 3)) { TimerRoundRobin(interval: 3) },
    Case("hrrn", .hrrn) { HighestResponseRatioNext() },
    Case("fifo", .fifo) { FirstInFirstOut() },
    Case("sjf", .sjf) { ShortestJobFirst() },
    Case("stcf", .stcf) { ShortestTimeToCompletionFirst() },
    Case("priority", .priority(isPreemptive: true)) { HighestPriorityFirst() },
    Case("priority, not preemptive", .priority(isPreemptive: false)) {
      HighestPriorityFirst(isPreemptive: false)
    },
    Case("mlfq", .mlfq(quanta: [1, 2, 4], allotment: 1, boost: 0)) {
      MultilevelFeedback(.init(quanta: [1, 2, 4]))
    },
    Case("mlfq with a boost", .mlfq(quanta: [2, 3], allotment: 2, boost: 7)) {
      MultilevelFeedback(.init(quanta: [2, 3], allotments: [2], boost: 7))
    },
  ]

  @Test(arguments: cases)
  func `pencil and paper give the same answers`(_ policy: Case) throws {
    for seed in 0..<1_000 as Range<UInt64> {
      let jobs = 2 + Int(seed % 7)
      let sheet = try QuizSheet(seed: seed, policy: policy.policy, jobs: jobs, questions: 12)
      let run = TextbookRun(sheet.exercise.jobs, policy.rule)
      #expect(sheet.questions.count == 12)
      // All possible questions, not only the ones that this seed draws.
      for question in QuizQuestion.pools(sheet.exercise).joined() {
        let answer = question.answer(sheet.exercise)
        if answer != run.answer(question) {
          Issue.record("seed \(seed): \(question): \(answer), and by hand \(run.answer(question))")
          return
        }
      }
    }
  }

  @Test(arguments: cases)
  func `the answers agree with the events of another run`(_ policy: Case) throws {
    for seed in 0..<100 as Range<UInt64> {
      let sheet = try QuizSheet(seed: seed, policy: policy.policy, jobs: 4, questions: 12)
      let scheduler = Scheduler(policy: policy.policy.make(), seed: seed)
      let log = EventLog([.dispatches, .lives])
      scheduler.add(log)
      for job in sheet.exercise.jobs {
        try scheduler.createTask(
          job.name,
          machine: QuizJobMachine(ticksLeft: job.length),
          parameters: job.parameters,
          at: job.arrival
        )
      }
      scheduler.runEventLoop()
      var runners = [Int?](repeating: nil, count: scheduler.now)
      for event in log.events {
        if case .dispatched = event.action { runners[event.tick] = event.task.rawValue - 1 }
      }
      #expect(sheet.exercise.end == scheduler.now)
      #expect((0..<scheduler.now).map { sheet.exercise.runner(at: $0) } == runners)
      #expect(sheet.exercise.switches == scheduler.switches)
    }
  }

  @Test func `every rule has one answer for the jobs, and no question is repeated`() throws {
    for seed in 0..<2_000 as Range<UInt64> {
      let jobs = 2 + Int(seed % 7)
      let sheet = try QuizSheet(seed: seed, policy: .standard, jobs: jobs, questions: 12)
      let exercise = sheet.exercise
      #expect(exercise.jobs.count == jobs)
      #expect(Set(exercise.jobs.map(\.length)).count == jobs)
      #expect(Set(exercise.jobs.map(\.priority)).count == jobs)
      #expect([1, jobs].contains(Set(exercise.jobs.map(\.arrival)).count))
      #expect(exercise.jobs.first?.arrival == 0)
      #expect(Set(sheet.questions.map { $0.text(exercise) }).count == 12)
      for question in sheet.questions {
        let names = exercise.jobs.map(\.name) + ["none"]
        let candidates = names + (0...200).map { String($0) }
        let right = candidates.filter {
          question.parse($0, exercise) == question.answer(exercise)
        }
        #expect(right == [question.answer(exercise).description])
        #expect(!question.nudge(exercise).isEmpty && !question.form(exercise).isEmpty)
      }
    }
  }

  @Test func `a seed keeps its meaning`() throws {
    let sheet = try QuizSheet(seed: 42, policy: .standard)
    #expect(
      sheet.exercise.jobs.map { "\($0.name) \($0.arrival) \($0.length) \($0.priority)" }
        == ["a 0 6 2", "b 1 5 1", "c 3 4 3"]
    )
    #expect(
      sheet.questions.map { "\($0.text(sheet.exercise)) \($0.answer(sheet.exercise))" } == [
        "At which tick has c ended? 15",
        "What is the response time of b? 1",
        "How often does the CPU pass from one job to another? 13",
        "For how many ticks does a wait, ready but not running? 7",
        "Who has the CPU in tick 10? b",
      ]
    )
  }

  @Test func `the first questions are of different kinds`() throws {
    for seed in 0..<200 as Range<UInt64> {
      let sheet = try QuizSheet(seed: seed, policy: .standard, jobs: 3, questions: 8)
      let kinds = sheet.questions.map { "\($0)".prefix { $0 != "(" } }
      #expect(Set(kinds).count == 8)
    }
  }

  @Test func `policies that a person cannot predict are refused`() {
    let policies: [any SchedulingPolicy] = [
      Lottery(), OperatorsChoice(), FairShare(), Stride(), HighestPriorityFirst(aging: 3),
    ]
    for policy in policies {
      nonisolated(unsafe) let policy = policy
      #expect(throws: QuizError.self) {
        try QuizSheet(seed: 1, policy: PolicyChoice { policy })
      }
    }
  }
}
