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
  /// Whether a network in memory takes the place of the world: nothing outside can be reached, and a run that is
  /// repeated is answered alike.
  package var isSimulated = false
  /// The policy that was chosen last; a reset starts with it.
  var chosenPolicy: PolicyChoice

  package init(policy: PolicyChoice = .standard, seed: UInt64 = 0, taskLimit: Int = 10_000) {
    self.policy = policy
    self.seed = seed
    self.taskLimit = taskLimit
    chosenPolicy = policy
  }

  /// Makes what is outside the machine; nil for nothing.
  ///
  /// - Parameter recording: What comes in while a journal is played. A network in memory answers anew.
  /// - Returns: The world, or nothing.
  func makeWorld(playing recording: [TapeEntry]? = nil) -> World? {
    guard isSimulated else { return world?.makeWorld(playing: recording) }
    let world = World(device: SimulatedDevice())
    world.isQuiet = recording != nil
    return world
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
