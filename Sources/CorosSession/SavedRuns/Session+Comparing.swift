package import CorosHistory
import CorosInsight
package import CorosKernel

/// The source of a run for a comparison.
package enum RunSource {
  /// A branch as recorded.
  case branch(Int)
  /// The operator's commands with another seed.
  case seed(UInt64)
  /// The operator's commands under another policy.
  case policy(PolicyChoice)
  /// The operator's commands, and the steps of a schedule.
  case schedule(Schedule)
  /// The run that the text of a journal describes.
  case journal(String)
}

/// A comparison of two runs: the first difference, and its effect on the tasks.
package struct RunComparison {
  /// The first difference; nil if the runs are the same.
  package let difference: RunDifference?
  /// The tasks with different results, by id.
  package let changes: [TaskChange]
  /// The ticks at which the runs end.
  package let ends: (left: Tick, right: Tick)
}

/// A task with different results in two runs; nil for a run without the task.
package struct TaskChange {
  package let tid: TaskID
  package let left: TaskInfo?
  package let right: TaskInfo?
  /// The first texts that differ in its output, nil for no further text; nil if its output is the same.
  package let writes: (left: String?, right: String?)?
}

extension Session {
  /// Prepares a run that is executed step by step beside this session's machine.
  ///
  /// - Returns: Nil if the branch does not exist.
  /// - Throws: `JournalError` for a line of a journal that is wrong.
  package func steppedRun(of source: RunSource) throws(JournalError) -> SteppedRun? {
    switch source {
    case .branch(let number): return machine.steppedRun(branch: number)
    case .seed(let seed): return machine.steppedRun(seed: seed)
    case .policy(let policy): return machine.steppedRun(policy: policy.make())
    case .schedule(let schedule): return machine.steppedRun(schedule: schedule)
    case .journal(let text):
      let player = try JournalPlayer(text, for: self)
      let machine = player.session.machine
      return machine.steppedRun(branch: machine.branch)
    }
  }

  /// Executes two runs side by side, and finds the first difference and the results of each task.
  ///
  /// - Parameters:
  ///   - left: A run at its beginning.
  ///   - right: Another one.
  ///   - steps: The maximum number of steps of each.
  /// - Returns: The comparison.
  /// - Throws: If the user interrupts, or a replay diverges from its recording.
  package func compare(
    _ left: SteppedRun,
    _ right: SteppedRun,
    steps: Int = 1_000_000
  ) throws(RequestFailure) -> RunComparison {
    let sides = (left: ComparedRun(left), right: ComparedRun(right))
    let difference: RunDifference?
    do throws(Divergence) {
      difference = try firstDifference(
        between: left,
        and: right,
        steps: steps,
        unless: isInterrupted
      )
      if difference != nil {
        try sides.left.finish(steps, unless: isInterrupted)
        try sides.right.finish(steps, unless: isInterrupted)
      }
    } catch {
      throw .diverged(error)
    }
    if isInterrupted() { throw .interrupted }
    return RunComparison(
      difference: difference,
      changes: difference == nil ? [] : sides.left.changes(to: sides.right),
      ends: (left.scheduler.now, right.scheduler.now)
    )
  }
}

/// A run, and the output of its tasks.
private struct ComparedRun {
  private let run: SteppedRun
  private let outputs = OutputRecorder()

  init(_ run: SteppedRun) {
    self.run = run
    run.scheduler.add(outputs)
  }

  /// Executes the rest of the run.
  func finish(_ most: Int, unless condition: () -> Bool) throws(Divergence) {
    var count = 0
    while count < most, !condition(), try run.next() != nil { count += 1 }
  }

  /// The tasks with different results in another run.
  func changes(to other: Self) -> [TaskChange] {
    Set(tids + other.tids).sorted().compactMap { tid in
      let (left, right) = (run.scheduler.info(tid), other.run.scheduler.info(tid))
      let (written, others) = (text(of: tid), other.text(of: tid))
      var writes: (String?, String?)?
      if written != others {
        let same = zip(written, others).prefix { $0 == $1 }.count
        writes = (written.dropFirst(same).first, others.dropFirst(same).first)
      }
      if writes == nil, Result(left) == Result(right) { return nil }
      return TaskChange(tid: tid, left: left, right: right, writes: writes)
    }
  }

  /// The result of a task, as far as it is compared.
  private struct Result: Equatable {
    let status: ExitStatus?
    let state: TaskState.Kind?
    let end: Tick?

    init(_ task: TaskInfo?) {
      status = task.flatMap(\.status)
      state = task?.state.kind
      end = task?.accounting.end
    }
  }

  /// The output of a task, as far as it is kept.
  private func text(of tid: TaskID) -> [String] {
    outputs.outputs[tid].map { Array($0.kept) } ?? []
  }

  private var tids: [TaskID] { run.scheduler.tasks(includingEnded: true).map(\.tid) }
}
