import CorosKernel

/// A timed operation of the kernel.
struct Measure: Sendable {
  /// The size of one run.
  struct Load {
    /// The number of tasks.
    let tasks: Int
    /// The approximate number of operations to time.
    let operations: Int

    /// How often each task takes part, so that the number of operations is about right.
    var rounds: Int { max(3, operations / tasks) }
  }

  /// The result of one run.
  struct Reading {
    /// Per operation.
    let nanoseconds: Double
    /// Per task.
    var bytesPerTask: Double?
  }

  let name: String
  /// The numbers of tasks to measure with.
  var sizes = [1_000, 100_000, 1_000_000]
  /// The number of operations to time in one run.
  let operations: Int
  var budget = Budget()
  let run: @Sendable (Load) throws -> Reading

  /// All measures, in the order of the report.
  static let all: [Measure] = kernel + Choosing.measures

  private static let kernel: [Measure] = [
    Measure(
      name: "yield/machine",
      operations: 4_000_000,
      budget: Budget(nanoseconds: [1_000: 8, 1_000_000: 12], bytesPerTask: 120),
      run: Yielding.machine
    ),
    Measure(
      name: "yield/async",
      operations: 4_000_000,
      budget: Budget(
        nanoseconds: [1_000: 100, 100_000: 200, 1_000_000: 200],
        bytesPerTask: 1_630
      ),
      run: Yielding.async
    ),
    Measure(
      name: "run/recorded",
      operations: 4_000_000,
      budget: Budget(nanoseconds: [1_000: 12]),
      run: Recording.steps
    ),
    Measure(
      name: "run/asked",
      sizes: [1_000],
      operations: 2_000_000,
      run: Recording.askedSteps
    ),
    Measure(name: "call/kernel", sizes: [1_000], operations: 2_000_000, run: Calling.kernel),
    Measure(
      name: "call/kernel-reply",
      sizes: [1_000],
      operations: 2_000_000,
      run: Calling.kernelReply
    ),
    Measure(
      name: "call/outside",
      sizes: [1_000],
      operations: 2_000_000,
      budget: Budget(nanoseconds: [1_000: 20]),
      run: Calling.outside
    ),
    Measure(
      name: "call/outside-reply",
      sizes: [1_000],
      operations: 2_000_000,
      budget: Budget(nanoseconds: [1_000: 60]),
      run: Calling.outsideReply
    ),
    Measure(name: "pair/calls", operations: 1_000_000, run: Sharing.calls),
    Measure(
      name: "pair/free-lock",
      operations: 1_000_000,
      budget: Budget(ratio: .init(to: "pair/calls", atMost: 1.5)),
      run: Sharing.free
    ),
    Measure(
      name: "lock/machine",
      operations: 1_000_000,
      budget: Budget(ratio: .init(to: "pair/calls", atMost: 3)),
      run: Sharing.handOff { RoundRobin() }
    ),
    Measure(
      name: "lock/priority",
      operations: 1_000_000,
      run: Sharing.handOff { HighestPriorityFirst(isLending: true) }
    ),
    Measure(name: "lock/async", operations: 1_000_000, run: Sharing.handOffAsync),
    Measure(name: "meet/machine", operations: 1_000_000, run: Sharing.machines(capacity: 0)),
    Measure(name: "meet/async", operations: 1_000_000, run: Sharing.channel(capacity: 0)),
    Measure(name: "buffer/machine", operations: 1_000_000, run: Sharing.machines(capacity: 16)),
    Measure(name: "buffer/async", operations: 1_000_000, run: Sharing.channel(capacity: 16)),
    Measure(name: "mail/machine", operations: 1_000_000, run: Sharing.mailToMachines),
    Measure(name: "mail/async", operations: 1_000_000, run: Sharing.mail),
    Measure(
      name: "spawn/machine",
      operations: 1_000_000,
      budget: Budget(nanoseconds: [1_000: 150, 100_000: 150, 1_000_000: 150]),
      run: Spawning.machine
    ),
    Measure(
      name: "spawn/async",
      operations: 400_000,
      budget: Budget(nanoseconds: [1_000: 1_500, 100_000: 1_500, 1_000_000: 1_500]),
      run: Spawning.async
    ),
    Measure(name: "kill/machine", operations: 100_000, run: Killing.machine),
    Measure(name: "kill/async", operations: 50_000, run: Killing.async),
    Measure(name: "kill/waiting", operations: 50_000, run: Killing.waiting),
    Measure(name: "drop/machine", operations: 1_000_000, run: Dropping.machine),
    Measure(name: "drop/async", operations: 1_000_000, run: Dropping.async),
    Measure(name: "stop/async", operations: 200_000, run: Stopping.async),
    Measure(name: "wait/async", operations: 1_000_000, run: Waiting.async),
    Measure(name: "timeout/cancelled", operations: 1_000_000, run: Waiting.cancelled),
    Measure(name: "timeout/expired", operations: 1_000_000, run: Waiting.expired),
    Measure(name: "sleep/async", operations: 1_000_000, run: Sleeping.async),
    Measure(name: "observer/none", sizes: [1_000], operations: 2_000_000, run: Observing.none),
    Measure(name: "observer/output", sizes: [1_000], operations: 2_000_000, run: Observing.output),
    Measure(name: "observer/all", sizes: [1_000], operations: 500_000, run: Observing.all),
    Measure(name: "checkpoint/machine", operations: 2_000_000, run: Checkpointing.machine),
    Measure(
      name: "explore/random",
      sizes: [5],
      operations: 400_000,
      budget: Budget(nanoseconds: [5: 1_250]),
      run: Exploring.random
    ),
    Measure(
      name: "explore/random-async",
      sizes: [5],
      operations: 400_000,
      budget: Budget(nanoseconds: [5: 6_667]),
      run: Exploring.randomAsync
    ),
    Measure(
      name: "explore/dfs",
      sizes: [5],
      operations: 400_000,
      budget: Budget(nanoseconds: [5: 667]),
      run: Exploring.tree
    ),
    Measure(
      name: "explore/dpor",
      sizes: [5],
      operations: 400_000,
      budget: Budget(nanoseconds: [5: 6_667]),
      run: Exploring.classes
    ),
    Measure(
      name: "explore/states",
      sizes: [5],
      operations: 400_000,
      budget: Budget(nanoseconds: [5: 2_500]),
      run: Exploring.states
    ),
    // One journey is one operation: going back one step after a million steps.
    Measure(
      name: "back/machine",
      sizes: [1_000],
      operations: 1_000_000,
      budget: Budget(nanoseconds: [1_000: 25_000_000]),
      run: Returning.machine
    ),
    Measure(
      name: "back/async",
      sizes: [1_000],
      operations: 1_000_000,
      budget: Budget(nanoseconds: [1_000: 250_000_000]),
      run: Returning.async
    ),
  ]

  /// Runs the measure once in this process.
  func sample(_ load: Load) throws -> Sample {
    let reading = try run(load)
    return Sample(
      name: name,
      tasks: load.tasks,
      nanoseconds: reading.nanoseconds,
      bytesPerTask: reading.bytesPerTask
    )
  }
}

/// The limits that the project has set itself.
struct Budget: Sendable {
  /// Per operation, by the number of tasks.
  var nanoseconds: [Int: Double] = [:]
  var bytesPerTask: Double?
  /// Against another measure with as many tasks, in the same run.
  var ratio: Ratio?

  struct Ratio: Sendable {
    let measure: String
    let limit: Double

    init(to measure: String, atMost limit: Double) {
      self.measure = measure
      self.limit = limit
    }
  }
}
