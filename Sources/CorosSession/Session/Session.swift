package import CorosHistory
package import CorosIO
import CorosInsight
import CorosInterpreter
package import CorosKernel
package import CorosLanguage

/// A debugging session: a machine with its past, the recordings of it, and the requests that it answers.
///
/// Each front end, such as the shell or the stepper, drives a session by its methods and receives values. A
/// session knows nothing about commands, text, colours or terminals.
///
/// A request that runs tasks calls `poll` every few steps, and after a step in which `bell` is rung. There the
/// front end shows what tasks have written, and says whether the request should end.
package final class Session {
  /// The built-in programs.
  package let builtIn: Catalogue
  /// How the present machine started.
  package private(set) var start: MachineStart
  /// The machine and its past; `reset` and `adopt` replace it.
  @exclusivity(unchecked) package private(set) var machine: TimeMachine
  /// What is outside the machine; nil in a sandbox.
  package private(set) var world: World?
  /// The recorders, which listen to the machine and travel with it.
  @exclusivity(unchecked) package private(set) var recorders: Recorders
  /// What a front end keeps about breakpoints, besides their conditions.
  @exclusivity(unchecked) package var breakpointNotes = BreakpointNotes()
  /// The hits of breakpoints that only log, which nobody has asked for yet.
  let loggedHits = LoggedHits()
  /// The state of live mode.
  package var live = LiveMode()
  /// Whether results leave out what registers and cells of programs in assembly contain, for a person to predict.
  package var hidesMachineValues = false
  /// The task that was created last.
  @exclusivity(unchecked) package var lastSpawned: TaskID?
  /// The file that keeps the session; nil if it is not kept.
  @exclusivity(unchecked) package var journal: SessionJournal?
  /// Called every few steps of a request that runs tasks, and after each step in which `bell` is rung; true
  /// interrupts the request.
  package var poll: () -> Bool
  /// The maximum number of moves between two calls of `poll`.
  ///
  /// Default: few enough that an interrupt has no noticeable delay, and enough that polling costs next to nothing.
  package var movesBetweenPolls = 64
  /// Rung by observers that have something for `poll` to show, such as the recorder of lints.
  package let bell = Doorbell()
  /// Whether the user has asked to end the present request; cheap.
  package let isInterrupted: () -> Bool

  /// Holds the schedulers of the session until their tasks have ended.
  private let retired: RetiredMachines

  /// How many journeys the machine has made: observers that are no recorders heard nothing on the way.
  package internal(set) var journeys = 0

  /// Called after another machine has replaced the present one.
  package var machineWasReplaced: () -> Void = {}
  private var listeners: [any Observer] = []

  /// Begins a session with a fresh machine.
  ///
  /// - Parameters:
  ///   - catalogue: The available programs.
  ///   - start: How the machine starts.
  ///   - isInterrupted: Whether the user has asked to end a request.
  package convenience init(
    catalogue: Catalogue,
    start: MachineStart,
    isInterrupted: @escaping () -> Bool
  ) {
    let retired = RetiredMachines(unless: isInterrupted)
    self.init(catalogue, start, retired, isInterrupted)
  }

  /// Begins a session beside another one, which may adopt its machine.
  ///
  /// - Parameters:
  ///   - other: The session.
  ///   - start: How the machine starts.
  ///   - recording: What comes in from outside.
  convenience init(beside other: Session, start: MachineStart, playing recording: [TapeEntry]) {
    var start = start
    start.world = other.start.world
    self.init(other.builtIn, start, other.retired, other.isInterrupted, playing: recording)
  }

  private convenience init(
    _ catalogue: Catalogue,
    _ start: MachineStart,
    _ retired: RetiredMachines,
    _ isInterrupted: @escaping () -> Bool,
    playing recording: [TapeEntry]? = nil
  ) {
    let world = start.makeWorld(playing: recording)
    let machine = start.makeMachine(heldBy: retired, in: world)
    self.init(catalogue, start, machine, world, Recorders(of: machine), retired, isInterrupted)
  }

  private init(
    _ catalogue: Catalogue,
    _ start: MachineStart,
    _ machine: TimeMachine,
    _ world: World?,
    _ recorders: Recorders,
    _ retired: RetiredMachines,
    _ isInterrupted: @escaping () -> Bool
  ) {
    builtIn = catalogue
    self.start = start
    self.machine = machine
    self.world = world
    self.recorders = recorders
    self.retired = retired
    self.isInterrupted = isInterrupted
    poll = isInterrupted
    recorders.listen(to: machine)
    recorders.lints.bell = bell
    logHits(of: machine)
  }

  /// Begins a session with a machine that somebody else has made, and goes on using.
  ///
  /// What happened before is not known. Nothing may be asked that replaces the machine, as `reset` does.
  ///
  /// - Parameters:
  ///   - machine: The machine, whose scheduler is asked for nothing else than its tasks.
  ///   - catalogue: The programs from which tasks can be created.
  ///   - isInterrupted: Whether the user has asked to end a request.
  package convenience init(
    of machine: TimeMachine,
    catalogue: Catalogue,
    isInterrupted: @escaping () -> Bool
  ) {
    let scheduler = machine.scheduler
    self.init(
      catalogue,
      MachineStart(seed: scheduler.seed, taskLimit: scheduler.taskLimit),
      machine,
      scheduler.wakeSource as? World,
      Recorders(joining: machine),
      RetiredMachines(unless: isInterrupted),
      isInterrupted
    )
  }

  /// The programs from which tasks can be created: those that were typed go first.
  package var catalogue: Catalogue {
    guard let definitions = scheduler.definitions else { return builtIn }
    return Catalogue(definitions.programNames.compactMap(definitions.program) + builtIn.programs)
  }

  /// Defines something: one act, which can be taken back.
  ///
  /// - Parameter text: One definition.
  /// - Throws: What is wrong with it.
  package func define(_ text: String) throws(ProgramError) {
    try machine.act(text) { (scheduler) throws(ProgramError) in try scheduler.define(text) }
    live.wake()
  }

  /// The present scheduler; a journey replaces it.
  package var scheduler: Scheduler { machine.scheduler }

  /// What the machine may reach outside, and what a tick is there; nil in a sandbox, and with a network in memory.
  package var worldSettings: WorldSettings? {
    get { start.isSimulated ? nil : start.world }
    set {
      start.world = newValue
      if let world, let newValue { newValue.apply(to: world) }
    }
  }

  /// The policy that was chosen last, with its settings.
  package internal(set) var policy: PolicyChoice {
    get { start.chosenPolicy }
    set { start.chosenPolicy = newValue }
  }

  // MARK: Another machine

  /// Starts a new machine with the present policy, seed and limits, and ends the tasks of the old one.
  ///
  /// What has been defined is defined again, and begins with its first values.
  ///
  /// - Returns: The number of tasks that end.
  @discardableResult
  package func reset() -> Int {
    let ended = scheduler.liveTaskCount
    var start = start
    start.policy = start.chosenPolicy
    start.seed = scheduler.seed
    start.taskLimit = scheduler.taskLimit
    start.hardware = scheduler.hardware
    start.isSimulated = false
    self.start = start
    lastSpawned = nil
    let texts = scheduler.definitions?.texts ?? []
    // Before the new one: the addresses of the old one are free again.
    world?.closeAll()
    let world = start.makeWorld()
    let machine = start.makeMachine(heldBy: retired, in: world)
    replace(machine, Recorders(of: machine), world)
    // They have been defined in this order before.
    for text in texts { try? define(text) }
    return ended
  }

  /// Ends the machines that are out of use, and their tasks: those that a request replaced, or ran beside the present one.
  ///
  /// To be called after a request. An interrupt puts off the rest until the next call.
  package func endRetiredMachines() { retired.end() }

  /// Takes over the machine of a session begun beside this one, which must not be used any more.
  package func adopt(_ other: Session) {
    start = other.start
    lastSpawned = other.lastSpawned
    world?.closeAll()
    if let network = other.world, network.beginsAnew {
      network.isQuiet = false
    } else if let world = other.world, let settings = start.world {
      world.goOn(on: other.scheduler) { settings.makeDevice(after: $0) }
      world.listensToAny = settings.listensToAny
    }
    replace(other.machine, other.recorders, other.world)
  }

  private func replace(_ machine: TimeMachine, _ recorders: Recorders, _ world: World?) {
    self.world = world
    machine.breakpoints = self.machine.breakpoints
    recorders.outputs.limit = self.recorders.outputs.limit
    self.machine = machine
    self.recorders = recorders
    recorders.listen(to: machine)
    recorders.lints.bell = bell
    logHits(of: machine)
    for listener in listeners { machine.add(listener) }
    live.wake()
    journal?.restart()
    machineWasReplaced()
  }

  // MARK: Listening

  /// Adds an observer to this machine, and to those that replace it.
  ///
  /// An observer that is already added is asked again for its interests.
  package func add(_ listener: any Observer) {
    remove(listener)
    listeners.append(listener)
    machine.add(listener)
  }

  /// Takes everything that listens to the machine away from it: somebody else goes on using it, and the session ends.
  package func leaveMachine() {
    for listener in listeners { machine.remove(listener) }
    listeners = []
    recorders.leave(machine)
    machine.logHits = { _ in }
  }

  /// Removes an observer.
  package func remove(_ listener: any Observer) {
    listeners.removeAll { $0 === listener }
    machine.remove(listener)
  }
}
