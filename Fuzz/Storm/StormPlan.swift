package import CorosKernel

/// What a storm is made from: the same plan is the same storm, call for call.
package struct StormPlan {
  package var seed: UInt64
  /// The policy that it begins with, as one would type it.
  package var policy: String
  package var limits: Limits
  /// Whether every other task is an async function, or all are state machines.
  package var mixesForms = true
  /// Whether tasks now and then await something outside the kernel.
  package var escapes = false
  /// Whether the operator changes policies, limits and seeds in mid-run, and goes back to checkpoints.
  package var meddles = true

  /// Draws a plan from a seed: some storms are of a dozen tasks, others of thousands.
  package init(seed: UInt64, policy: String) {
    var random = RandomSource(seed: seed)
    self.seed = seed
    self.policy = policy
    limits = Limits(
      tasks: [12, 60, 400, 3_000, 6_000][random.next(below: 5)],
      keptStatuses: [0, 1, 30, 10_000][random.next(below: 4)],
      refusals: [3, 100][random.next(below: 2)]
    )
    mixesForms = random.next(below: 5) > 0
    escapes = random.next(below: 4) == 0
  }

  package init(
    seed: UInt64,
    policy: String = "rr",
    limits: Limits,
    mixesForms: Bool = true,
    escapes: Bool = false,
    meddles: Bool = true
  ) {
    self.seed = seed
    self.policy = policy
    self.limits = limits
    self.mixesForms = mixesForms
    self.escapes = escapes
    self.meddles = meddles
  }
}
