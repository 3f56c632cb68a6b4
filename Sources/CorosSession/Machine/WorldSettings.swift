import CorosIO
import CorosKernel

/// What a machine may reach outside, and what a tick is there.
package struct WorldSettings: Sendable {
  /// Whether servers may be reached from other machines.
  package var listensToAny = false
  /// Whether the terminal of this process belongs to a prompt, so that no program opens it.
  package var leavesTerminal = false
  /// Paths, or `fd:3` for a descriptor of this process, by names that programs may open.
  package var devices: [String: String] = [:]
  /// The nanoseconds of a tick; nil where time is virtual.
  package var tickLength: UInt64?
  /// The most bytes of a recording.
  package var recordingLimit = 64 << 20

  package init() {}

  /// Makes a world, whose device plays a recording if there is one.
  func makeWorld(playing recording: [TapeEntry]? = nil) -> World {
    let device: any Device = recording.map(RecordedDevice.init) ?? makeDevice(after: 0)
    let world = World(device: device)
    // What was allowed when it was recorded is allowed when it is played.
    world.listensToAny = listensToAny || recording != nil
    apply(to: world)
    return world
  }

  func makeDevice(after key: Int) -> any Device {
    SystemDevice(named: devices, after: key, leavesTerminal: leavesTerminal)
  }

  /// Has a world be as these settings say.
  func apply(to world: World) {
    let clock: WorldClock = tickLength.map { .real(nanosecondsPerTick: $0) } ?? .virtual
    if world.clock != clock { world.clock = clock }
    world.recordingLimit = recordingLimit
  }
}
