package import CorosKernel

/// The parameters of a storm: equal plans give identical storms, call by call.
package struct StormPlan {
  package var seed: UInt64
  /// The initial policy, as typed after `--policy`.
  package var policy: String
  package var limits: Limits
  /// Whether every other task is an async function; if not, all are state machines.
  package var mixesForms = true
  /// Whether tasks sometimes await something outside the kernel.
  package var escapes = false
  /// Whether the operator changes policies, limits and seeds during the run, and restores checkpoints.
  package var operatorInterferes = true

  /// Draws a plan from a seed: some storms have a dozen tasks, others thousands.
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
    operatorInterferes: Bool = true
  ) {
    self.seed = seed
    self.policy = policy
    self.limits = limits
    self.mixesForms = mixesForms
    self.escapes = escapes
    self.operatorInterferes = operatorInterferes
  }
}
