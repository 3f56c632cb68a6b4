import CorosKernel

/// The cost of observers: state machines that only write, with and without a listener.
enum Observing {
  private struct WriteMachine: StateMachine {
    mutating func resume(with resumption: Resumption) -> Trap { .call(Write("a line of output")) }
  }

  /// Counts only, so that the measure covers the delivery of events and not their storage.
  private final class Counter: Observer {
    let interests: Event.Kinds
    private(set) var count = 0

    init(_ interests: Event.Kinds) {
      self.interests = interests
    }

    func observe(_ event: Event) {
      count += 1
    }
  }

  static func none(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load, interests: nil)
  }

  static func output(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load, interests: .output)
  }

  static func all(_ load: Measure.Load) throws -> Measure.Reading {
    try measure(load, interests: .all)
  }

  private static func measure(
    _ load: Measure.Load,
    interests: Event.Kinds?
  ) throws -> Measure.Reading {
    let scheduler = makeScheduler()
    let counter = interests.map(Counter.init)
    if let counter { scheduler.add(counter) }
    for _ in 0..<load.tasks { try scheduler.createTask(machine: WriteMachine()) }
    scheduler.run(ticks: 10 * load.tasks)
    let steps = load.rounds * load.tasks
    let nanoseconds = cpuTime { scheduler.run(ticks: steps) }
    if let counter { precondition(counter.count >= steps, "the observer was not told") }
    return Measure.Reading(nanoseconds: nanoseconds / Double(steps))
  }
}
