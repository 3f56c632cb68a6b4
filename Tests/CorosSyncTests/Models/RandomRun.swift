import CorosKernel
import Testing

/// What should come of a run, worked out from its events by rules of its own.
protocol RunModel {
  mutating func follow(_ event: Event)

  /// What is otherwise than it should be, since this was asked last.
  mutating func takeFaults(_ scheduler: Scheduler) -> [String]
}

/// Keeps a model in step with the events.
private final class Follower<Model: RunModel>: Observer {
  let interests: Event.Kinds = [.lives, .dispatches, .calls, .waits, .stops]
  var model: Model

  init(_ model: Model) { self.model = model }

  func observe(_ event: Event) { model.follow(event) }
}

/// Runs machines at random beside a model, with kills, cancellations, stops and time travel mixed in.
struct RandomRun {
  let seed: Int
  let rounds: Int
  var tasks = 7
  var scheduler = Scheduler()
  /// What else may happen between two steps.
  var disturb: (Scheduler, inout RandomSource) throws -> Void = { _, _ in }

  func check<Model: RunModel>(
    _ model: Model,
    _ make: (inout RandomSource, _ newest: TaskID) -> any StateMachine
  ) throws {
    let follower = Follower(model)
    scheduler.add(follower)
    var random = RandomSource(seed: UInt64(seed) &* 7_919)
    var newest: TaskID = 0
    var kept: (checkpoint: Checkpoint, model: Model, newest: TaskID)?
    for round in 1...rounds {
      while scheduler.liveTaskCount < tasks {
        newest = try scheduler.createTask("task", machine: make(&random, newest))
      }
      let victims = scheduler.tasks().map(\.tid)
      let victim = victims[random.next(below: victims.count)]
      switch random.next(below: 60) {
      case 0: try scheduler.perform(KillTask(victim))
      case 1: try scheduler.perform(CancelTask(victim))
      case 2: try scheduler.perform(StopTask(victim))
      case 3, 4, 5: for tid in victims { try scheduler.perform(ContinueTask(tid)) }
      case 6: kept = (try scheduler.checkpoint(), follower.model, newest)
      case 7:
        if let kept {
          scheduler.restore(kept.checkpoint)
          follower.model = kept.model
          newest = kept.newest
        }
      case 8: try disturb(scheduler, &random)
      default:
        let foreseen = scheduler.nextChoice
        let result = scheduler.step()
        if case .dispatched(let task) = result, foreseen.task != task {
          Issue.record("\(foreseen.task ?? 0) was foreseen, and \(task) ran, in round \(round)")
        }
        if case .stalled = result, let oldest = scheduler.tasks().map(\.tid).first {
          try scheduler.perform(KillTask(oldest))
        }
      }
      let faults = scheduler.brokenInvariants() + follower.model.takeFaults(scheduler)
      #expect(faults == [], "seed \(seed), round \(round)")
      if !faults.isEmpty { return }
      newest = max(newest, scheduler.tasks().map(\.tid).max() ?? 0)
    }
  }

  #if DEBUG
    static let rounds = 1_200
  #else
    static let rounds = 120_000
  #endif
}
