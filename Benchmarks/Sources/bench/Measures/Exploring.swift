import CorosExplore
import CorosKernel

/// Trying schedules of five tasks; times are per schedule, per state or per class.
enum Exploring {
  /// Makes a few steps that touch nothing, and ends.
  private struct Walker: StateMachine, Hashable {
    var left = 3

    mutating func resume(with resumption: Resumption) -> Trap { _resume() }

    mutating func _resume() -> Trap {
      if left == 0 { return .returned }
      left -= 1
      return .compute
    }
  }

  private struct Counter: KernelObject, Hashable {
    var value = 0
  }

  private struct MakeCounter: SystemCall {
    func handle(in kernel: KernelContext) -> Disposition<Object<Counter>> {
      .catching { .reply(try kernel.make(Counter())) }
    }
  }

  private struct Increment: SystemCall {
    let counter: Object<Counter>

    static var isTracked: Bool { true }

    func handle(in kernel: KernelContext) -> Disposition<Void> {
      .catching { .reply(try kernel.change(counter) { $0.value += 1 }) }
    }
  }

  /// Increments a counter once.
  private struct Adder: StateMachine, Hashable {
    let counter: Object<Counter>
    var isDone = false

    mutating func resume(with resumption: Resumption) -> Trap {
      if isDone { return .returned }
      isDone = true
      return .call(Increment(counter: counter))
    }
  }

  private static func walkers(_ count: Int, steps: Int) -> Explorer {
    Explorer { scheduler in
      for _ in 0..<count { try scheduler.createTask(machine: Walker(left: steps - 1)) }
    }
  }

  private static func adders(_ count: Int) -> Explorer {
    Explorer { scheduler in
      let counter = try scheduler.perform(MakeCounter())
      for _ in 0..<count { try scheduler.createTask(machine: Adder(counter: counter)) }
    }
  }

  private static func time(
    _ explorer: Explorer,
    _ strategy: Strategy,
    runs: Int?,
    per unit: (ExplorationReport) -> Int
  ) throws -> Measure.Reading {
    var limits = ExplorationLimits()
    limits.runs = runs
    var count = 0
    let nanoseconds = try cpuTime { count = unit(try explorer.explore(strategy, limits: limits)) }
    precondition(count > 0, "nothing was explored")
    return Measure.Reading(nanoseconds: nanoseconds / Double(count))
  }

  /// A random run of 5 tasks with 4 steps each.
  static func random(_ load: Measure.Load) throws -> Measure.Reading {
    try time(walkers(5, steps: 4), .random, runs: load.operations, per: \.runs)
  }

  /// The same with async functions.
  static func randomAsync(_ load: Measure.Load) throws -> Measure.Reading {
    let explorer = Explorer { scheduler in
      for _ in 0..<3 {
        try scheduler.createTask { os in
          try await os.yield()
          try await os.yield()
        }
      }
    }
    return try time(explorer, .random, runs: load.operations / 10, per: \.runs)
  }

  /// A schedule of all there are.
  static func tree(_ load: Measure.Load) throws -> Measure.Reading {
    try time(walkers(5, steps: 4), .dfs, runs: load.operations, per: \.runs)
  }

  /// A class of 8 tasks that increment one counter.
  static func classes(_ load: Measure.Load) throws -> Measure.Reading {
    try time(adders(8), .dpor(attempts: false), runs: load.operations / 10, per: \.runs)
  }

  /// A state of 5 tasks.
  static func states(_ load: Measure.Load) throws -> Measure.Reading {
    try time(walkers(5, steps: 10), .states, runs: nil) { $0.states ?? 0 }
  }
}
