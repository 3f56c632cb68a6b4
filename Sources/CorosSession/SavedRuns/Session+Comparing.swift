package import CorosHistory
import CorosInsight
package import CorosKernel

/// A run that can be compared with another.
package enum RunSource {
  /// A branch as it was recorded.
  case branch(Int)
  /// The operator's commands with another seed.
  case seed(UInt64)
  /// The operator's commands under another policy.
  case policy(PolicyChoice)
  /// The operator's commands, and the steps of a schedule.
  case schedule(Schedule)
  /// The run that the text of a journal leads to.
  case journal(String)
}

/// Two runs side by side: where they part, and what that changes.
package struct RunComparison {
  /// Nil when they are the same.
  package let difference: RunDifference?
  /// The tasks that came out differently, in the order of their ids.
  package let changes: [TaskChange]
  /// The ticks at which the runs are over.
  package let ends: (left: Tick, right: Tick)
}

/// A task that came out differently in two runs; nil where there is no such task.
package struct TaskChange {
  package let tid: TaskID
  package let left: TaskInfo?
  package let right: TaskInfo?
  /// The first texts that differ of what it wrote, nil for no more; nil when it wrote the same.
  package let writes: (left: String?, right: String?)?
}

extension Session {
  /// Makes a run ready, to be gone through step by step beside this session's machine.
  ///
  /// - Returns: Nil when there is no such branch.
  /// - Throws: `JournalError`, at the line of a journal that is wrong.
  package func steppedRun(of source: RunSource) throws(JournalError) -> SteppedRun? {
    switch source {
    case .branch(let number): return machine.steppedRun(branch: number)
    case .seed(let seed): return machine.steppedRun(seed: seed)
    case .policy(let policy): return machine.steppedRun(policy: policy.make())
    case .schedule(let schedule): return machine.steppedRun(schedule: schedule)
    case .journal(let text):
      let player = try JournalPlayer(text, catalogue: catalogue, isInterrupted: isInterrupted)
      let machine = player.session.machine
      return machine.steppedRun(branch: machine.branch)
    }
  }

  /// Goes through two runs beside each other, and finds where they part and how each task comes out.
  ///
  /// - Parameters:
  ///   - left: A run that stands at its beginning.
  ///   - right: Another.
  ///   - steps: The most steps of each.
  /// - Returns: How they differ.
  /// - Throws: That it was interrupted, or that one of them does not come out as it was recorded.
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

/// A run, and what its tasks write.
private struct ComparedRun {
  private let run: SteppedRun
  private let outputs = OutputRecorder()

  init(_ run: SteppedRun) {
    self.run = run
    run.scheduler.add(outputs)
  }

  /// Goes through the rest of the run.
  func finish(_ most: Int, unless condition: () -> Bool) throws(Divergence) {
    var count = 0
    while count < most, !condition(), try run.next() != nil { count += 1 }
  }

  /// The tasks that came out differently in another run.
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

  /// How a task came out, as far as that matters.
  private struct Result: Equatable {
    let status: ExitStatus?
    let state: TaskState.Kind?
    let end: Tick?

    init(_ task: TaskInfo?) {
      status = task.flatMap(TaskWords.status)
      state = task?.state.kind
      end = task?.accounting.end
    }
  }

  /// What a task wrote, as far as it is kept.
  private func text(of tid: TaskID) -> [String] {
    outputs.outputs[tid].map { Array($0.kept) } ?? []
  }

  private var tids: [TaskID] { run.scheduler.tasks(includingEnded: true).map(\.tid) }
}
