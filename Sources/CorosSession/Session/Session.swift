package import CorosHistory
import CorosInsight
package import CorosKernel

/// A debugging session: a machine with its past, what was recorded of it, and what one may ask of it.
///
/// Each front end (the shell, the stepper, and whatever comes later) drives a session by its methods and gets
/// values back. A session knows neither commands nor text, colours or terminals.
///
/// A request that makes tasks run calls `poll` every few steps, and after a step in which `bell` is rung. There a
/// front end shows what tasks have written, and says whether the person wants the request to end.
package final class Session {
  /// The programs that tasks can be made of.
  package let catalogue: Catalogue
  /// How the present machine began.
  package private(set) var start: MachineStart
  /// The machine and its past; `reset` and `adopt` replace it.
  package private(set) var machine: TimeMachine
  /// What listens to the machine and travels with it.
  package private(set) var recorders: Recorders
  /// What a front end keeps of breakpoints beside where they stop.
  package var breakpointNotes = BreakpointNotes()
  /// The machine running by itself.
  package var live = LiveMode()
  /// The task that was made last.
  package var lastSpawned: TaskID?
  /// The file in which all that is done is kept; nil when it is not kept.
  package var journal: SessionJournal?
  /// Called every few steps of a request that runs tasks, and after each step in which `bell` is rung; true ends
  /// the request as interrupted.
  package var poll: () -> Bool
  /// The most moves between two calls of `poll`.
  ///
  /// Default: few enough that a person who interrupts notices no delay, and enough that steps cost nothing more.
  package var movesBetweenPolls = 64
  /// A listener rings it when it has something that `poll` is to show; so does the recorder of lints.
  package let bell = Doorbell()
  /// Whether the person has asked for the present request to end; cheap.
  package let isInterrupted: () -> Bool

  /// Called after the machine was replaced by another.
  package var machineWasReplaced: () -> Void = {}
  private var listeners: [any Observer] = []

  /// Begins a session with a fresh machine.
  ///
  /// - Parameters:
  ///   - catalogue: The programs there are.
  ///   - start: How the machine begins.
  ///   - isInterrupted: Whether the person has asked for a request to end.
  package init(
    catalogue: Catalogue,
    start: MachineStart,
    isInterrupted: @escaping () -> Bool
  ) {
    self.catalogue = catalogue
    self.start = start
    self.isInterrupted = isInterrupted
    poll = isInterrupted
    machine = start.makeMachine()
    recorders = Recorders()
    recorders.listen(to: machine)
    recorders.lints.bell = bell
  }

  /// The scheduler as it stands; a journey replaces it.
  package var scheduler: Scheduler { machine.scheduler }

  /// The policy that was chosen last, with its settings.
  package internal(set) var policy: PolicyChoice {
    get { start.chosenPolicy }
    set { start.chosenPolicy = newValue }
  }

  // MARK: Another machine

  /// Makes a new machine with the present policy, seed and limits; the tasks of the old one are ended.
  ///
  /// - Returns: How many tasks were ended.
  @discardableResult
  package func reset() -> Int {
    let ended = scheduler.liveTaskCount
    var start = start
    start.policy = start.chosenPolicy
    start.seed = scheduler.seed
    start.taskLimit = scheduler.taskLimit
    start.hardware = scheduler.hardware
    self.start = start
    lastSpawned = nil
    replace(start.makeMachine(), Recorders())
    return ended
  }

  /// Takes over the machine of another session, which is not used any more.
  package func adopt(_ other: Session) {
    start = other.start
    lastSpawned = other.lastSpawned
    replace(other.machine, other.recorders)
  }

  private func replace(_ machine: TimeMachine, _ recorders: Recorders) {
    machine.breakpoints = self.machine.breakpoints
    recorders.outputs.limit = self.recorders.outputs.limit
    self.machine = machine
    self.recorders = recorders
    recorders.listen(to: machine)
    recorders.lints.bell = bell
    for listener in listeners { machine.add(listener) }
    live.wake()
    journal?.restart()
    machineWasReplaced()
  }

  // MARK: Listening

  /// Has an observer hear what happens on this machine, and on those that replace it.
  ///
  /// One that listens already is asked anew for what interests it.
  package func add(_ listener: any Observer) {
    remove(listener)
    listeners.append(listener)
    machine.add(listener)
  }

  /// Stops telling an observer.
  package func remove(_ listener: any Observer) {
    listeners.removeAll { $0 === listener }
    machine.remove(listener)
  }
}
