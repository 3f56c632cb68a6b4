package import CorosKernel

/// Random jobs, and the result of running them under a policy in a separate scheduler.
package struct QuizExercise: Sendable {
  package let seed: UInt64
  /// The policy, as typed.
  package let policy: String
  package let rule: QuizPolicy
  package let jobs: [QuizJob]
  /// What each job did, in the order of the jobs.
  package let rows: [TimelineRow]
  /// The tick at which the last job had ended.
  package let end: Tick
  /// How often the CPU passed from one job to another.
  package let switches: Int

  /// The possible numbers of jobs: at most one job of each length.
  package static let jobCounts = 2...QuizJob.lengths.count

  /// Draws jobs and runs them.
  ///
  /// - Parameters:
  ///   - seed: The seed of the random numbers.
  ///   - choice: The policy.
  ///   - count: The number of jobs.
  ///   - random: The source of the numbers; the jobs advance it.
  /// - Throws: `QuizError` for a policy whose decisions cannot be predicted.
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

  /// The job that has the CPU in a tick, or nil if none has.
  package func runner(at tick: Tick) -> Int? {
    rows.firstIndex { $0.spans.contains { $0.state == .running && $0.contains(tick) } }
  }

  /// The number of jobs that are running or ready in a tick.
  func crowd(at tick: Tick) -> Int {
    rows.count { $0.spans.contains { $0.state != .new && $0.contains(tick) } }
  }
}

extension TimelineSpan {
  fileprivate func contains(_ tick: Tick) -> Bool { from <= tick && tick < to }
}

/// Why a policy does not allow a quiz.
package struct QuizError: Error, Equatable {
  /// The policy whose decisions cannot be predicted.
  package let policy: String
}
