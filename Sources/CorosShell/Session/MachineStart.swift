import CorosKernel

/// How a machine begins: with this, and its journal, all that became of it can be brought about again.
struct MachineStart {
  var policy: PolicyChoice
  var seed: UInt64
  var taskLimit: Int

  init(_ settings: Settings) {
    policy = settings.policy
    seed = settings.seed
    taskLimit = settings.taskLimit
  }

  func makeMachine() -> TimeMachine {
    TimeMachine { [self] in
      Scheduler(policy: policy.make(), seed: seed, limits: Limits(tasks: taskLimit))
    }
  }
}
