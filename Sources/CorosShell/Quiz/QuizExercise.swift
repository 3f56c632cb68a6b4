import CorosKernel

/// Random jobs, and what became of them under a policy in a scheduler of their own.
struct QuizExercise: Sendable {
  let seed: UInt64
  /// The policy, as one would type it.
  let policy: String
  let rule: QuizPolicy
  let jobs: [QuizJob]
  /// What each job did, in the order of the jobs.
  let rows: [TimelineRow]
  /// The tick at which the last job had ended.
  let end: Tick
  /// How often the CPU passed from one job to another.
  let switches: Int

  /// How many jobs there may be: as many as there are lengths.
  static let jobCounts = 2...QuizJob.lengths.count

  /// Draws jobs and runs them.
  ///
  /// - Parameters:
  ///   - seed: Where the random numbers begin.
  ///   - choice: Under what.
  ///   - count: How many jobs.
  ///   - random: The numbers; left where the jobs have drawn from it.
  /// - Throws: `QuizError` for a policy whose decisions cannot be foreseen.
  init(
    seed: UInt64,
    policy choice: PolicyChoice,
    jobs count: Int,
    random: inout RandomSource
  ) throws(QuizError) {
    let policy = choice.make()
    guard let rule = QuizPolicy(of: policy.description) else {
      throw QuizError(policy: policy.description)
    }
    self.seed = seed
    self.policy = policy.description
    self.rule = rule
    jobs = QuizJob.draw(count, from: &random)
    let scheduler = Scheduler(policy: policy, seed: seed)
    let recorder = TimelineRecorder()
    scheduler.add(recorder)
    var tasks: [TaskID] = []
    for job in jobs {
      do {
        tasks.append(
          try scheduler.createTask(
            job.name,
            machine: QuizJobMachine(ticksLeft: job.length),
            parameters: job.parameters,
            at: job.arrival
          )
        )
      } catch {
        preconditionFailure("a job of a quiz was refused: \(error)")
      }
    }
    scheduler.runEventLoop()
    end = scheduler.now
    switches = scheduler.switches
    rows = recorder.rows(of: tasks, in: 0..<end, now: end)
  }

  /// The job that has the CPU in a tick; nil when nobody has.
  func runner(at tick: Tick) -> Int? {
    rows.firstIndex { $0.spans.contains { $0.state == .running && $0.contains(tick) } }
  }

  /// How many jobs are there in a tick, running or ready.
  func crowd(at tick: Tick) -> Int {
    rows.count { $0.spans.contains { $0.state != .new && $0.contains(tick) } }
  }
}

extension TimelineSpan {
  fileprivate func contains(_ tick: Tick) -> Bool { from <= tick && tick < to }
}

/// Why there can be no quiz.
struct QuizError: Error, Equatable {
  /// The policy that nobody can foresee.
  let policy: String
}
