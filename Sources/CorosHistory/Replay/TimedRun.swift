import CorosKernel

/// A run in which the steps are chosen anew, and each act of a history comes at the tick at which it was done.
///
/// An act of a tick comes before the step of that tick. Where nothing can run any more, the acts that are left come at
/// once, as nothing else can bring their ticks about.
struct TimedRun {
  let scheduler: Scheduler
  private var acts: ActSequence
  /// The acts that were refused so far; the run goes on without them.
  private(set) var refused: [RefusedAct] = []

  /// Begins a run.
  ///
  /// - Parameters:
  ///   - acts: what is to be done.
  ///   - scheduler: the scheduler, at tick 0.
  init(_ acts: ActSequence, on scheduler: Scheduler) {
    self.acts = acts
    self.scheduler = scheduler
  }

  /// Makes a step, after all that comes before it.
  ///
  /// - Parameter limit: the tick that the clock may not pass when no task is ready.
  /// - Returns: the task that ran, or why none could.
  mutating func step(limit: Tick = .max) -> StepResult {
    while true {
      while let tick = acts.nextTick, tick <= scheduler.now { redoNext() }
      let end = min(limit, acts.nextTick ?? .max)
      let result = scheduler.move(limit: end)
      if case .dispatched = result { return result }
      guard let tick = acts.nextTick, tick <= limit else { return result }
      if scheduler.now < tick { redoNext() }
    }
  }

  private mutating func redoNext() {
    guard let act = acts.take() else { return }
    do throws(RefusedAct) {
      _ = try act.action.redoAnew(on: scheduler)
    } catch {
      refused.append(error)
    }
  }
}
