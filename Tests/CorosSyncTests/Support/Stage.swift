import CorosKernel
import CorosSync
import CorosTestSupport
import Testing

/// A machine with objects and scripted tasks, which checks itself after each step.
final class Stage {
  let scheduler: Scheduler
  private let form: Form
  private let log = EventLog(limit: 100_000)

  init(_ form: Form, policy: any SchedulingPolicy = RoundRobin()) {
    self.form = form
    scheduler = Scheduler(policy: policy)
    scheduler.add(log)
  }

  /// Makes the next task, the first of which is 1.
  @discardableResult
  func task(_ name: String, _ acts: [Act], priority: Int = 0) throws -> TaskID {
    try scheduler.createTask(
      name,
      form.code(acts),
      parameters: SchedulingParameters(priority: priority)
    )
  }

  func mutex(_ name: String) throws -> Mutex { try scheduler.perform(MakeMutex(name)) }

  func semaphore(_ name: String, _ value: Int, maximum: Int? = nil) throws -> Semaphore {
    try scheduler.perform(MakeSemaphore(name, value: value, maximum: maximum))
  }

  func condition(_ name: String, on mutex: Mutex) throws -> Condition {
    try scheduler.perform(MakeCondition(name, on: mutex))
  }

  /// Runs a number of steps, or until nothing can run.
  @discardableResult
  func run(steps: Int = 10_000, sourceLocation: SourceLocation = #_sourceLocation) -> RunOutcome {
    for _ in 0..<steps {
      let result = scheduler.step()
      let faults = scheduler.brokenInvariants()
      #expect(faults == [], "at tick \(scheduler.now)", sourceLocation: sourceLocation)
      if case .stalled(let outcome) = result { return outcome }
    }
    return .limitReached
  }

  func kill(_ tid: TaskID, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try scheduler.perform(KillTask(tid))
    #expect(scheduler.brokenInvariants() == [], sourceLocation: sourceLocation)
  }

  /// What was written: tick, task and text of each line.
  var output: String {
    log.events.compactMap { event in
      if case .wrote(let text) = event.action { "\(event.tick):\(event.task):\(text)" } else { nil }
    }.joined(separator: " ")
  }

  /// The same without ticks and tasks.
  var texts: [String] { log.output }

  /// The tasks in the order of their steps.
  var schedule: String { log.dispatches.map(\.description).joined() }

  /// What happened to objects: tick, task and words.
  var sharing: [String] {
    log.events.compactMap { event in
      switch event.action {
      case .acquired(let place, let last):
        "\(event.tick):\(event.task) takes \(place.name)" + (last.map { " of \($0)" } ?? "")
      case .released(let place): "\(event.tick):\(event.task) gives \(place.name)"
      case .abandoned(let place, let last): "\(event.tick):\(place.name) left by \(last)"
      default: nil
      }
    }
  }

  /// Who holds an object.
  func holders(_ id: ObjectID) -> [TaskID] {
    scheduler.object(id)?.holders.map(\.task) ?? []
  }

  /// Who waits for an object.
  func waiters(_ id: ObjectID) -> [TaskID] {
    scheduler.object(id)?.waiters.map(\.task) ?? []
  }

  /// Which tasks had ended, each with the tick of its end.
  var ends: [TaskID: Tick] {
    Dictionary(
      uniqueKeysWithValues: scheduler.tasks(includingEnded: true).compactMap { task in
        task.accounting.end.map { (task.tid, $0) }
      }
    )
  }
}

/// A task that takes a mutex, says so, and gives it back.
func user(of mutex: Mutex, timeout: Tick? = nil) -> [Act] {
  [
    .call(Lock(mutex, timeout: timeout)),
    .tell { $0.hasFailed ? $0.description : "has it, \($0.mark)" }, .stopIfFailed,
    .call(Unlock(mutex)),
  ]
}
