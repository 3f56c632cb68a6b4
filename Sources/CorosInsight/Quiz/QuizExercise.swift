package import CorosKernel

/// Random jobs, and what became of them under a policy in a scheduler of their own.
package struct QuizExercise: Sendable {
  package let seed: UInt64
  /// The policy, as one would type it.
  package let policy: String
  package let rule: QuizPolicy
  package let jobs: [QuizJob]
  /// What each job did, in the order of the jobs.
  package let rows: [TimelineRow]
  /// The tick at which the last job had ended.
  package let end: Tick
  /// How often the CPU passed from one job to another.
  package let switches: Int

  /// How many jobs there may be: as many as there are lengths.
  package static let jobCounts = 2...QuizJob.lengths.count

  /// Draws jobs and runs them.
  ///
  /// - Parameters:
  ///   - seed: Where the random numbers begin.
  ///   - choice: Under what.
  ///   - count: How many jobs.
  ///   - random: The numbers; left where the jobs have drawn from it.
  /// - Throws: `QuizError` for a policy whose decisions cannot be foreseen.
  package init(
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
  package func runner(at tick: Tick) -> Int? {
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
package struct QuizError: Error, Equatable {
  /// The policy that nobody can foresee.
  package let policy: String
}
