import CorosHistory
import CorosIO
package import CorosKernel

/// How a machine starts: from this and its journal, the same run can be made again.
package struct MachineStart: Sendable {
  /// The policy of a fresh machine.
  package var policy: PolicyChoice {
    didSet { chosenPolicy = policy }
  }
  /// The seed of a fresh machine.
  package var seed: UInt64
  /// The maximum number of live tasks of a fresh machine.
  package var taskLimit: Int
  /// What a fresh machine is made of.
  package var hardware = Hardware()
  /// What the machine may reach outside; nil for nothing, as in a sandbox.
  package var world: WorldSettings? = WorldSettings()
  /// The policy that was chosen last; a reset starts with it.
  var chosenPolicy: PolicyChoice

  package init(policy: PolicyChoice = .standard, seed: UInt64 = 0, taskLimit: Int = 10_000) {
    self.policy = policy
    self.seed = seed
    self.taskLimit = taskLimit
    chosenPolicy = policy
  }

  /// Makes a machine whose schedulers are held until they are out of use.
  ///
  /// - Parameters:
  ///   - retired: Holds them.
  ///   - world: What is outside; nil for nothing.
  /// - Returns: The machine.
  func makeMachine(heldBy retired: RetiredMachines, in world: World?) -> TimeMachine {
    TimeMachine { [self] in
      let scheduler = Scheduler(
        policy: policy.make(),
        seed: seed,
        limits: Limits(tasks: taskLimit)
      )
      scheduler.hardware = hardware
      scheduler.wakeSource = world
      retired.hold(scheduler)
      return scheduler
    }
  }
}
