package import CorosKernel

/// A session: a machine, and the commands that a person or a script gives it.
///
/// A line goes through `execute`: it is parsed as a whole, its commands are looked up in `CommandTable`
/// and run one after the other, and each reports by `report`, as text or as JSON. The shell knows no
/// terminal: what it needs of the world is in `ShellHost`.
package final class Shell {
  let catalogue: Catalogue
  let host: any ShellHost
  package internal(set) var settings: Settings
  /// The files within a command's reach.
  let files: FileAccess

  /// The machine and its past; `reset` and `load` make a new one.
  private(set) var machine: TimeMachine
  /// How the machine began.
  private(set) var start: MachineStart
  private(set) var monitor: TaskMonitor
  var policy: PolicyChoice
  var variables = Variables()
  var output: Output
  package var live = LiveMode()
  /// How much of what tasks write a person is still shown.
  var allowance = OutputAllowance()
  /// The lines that a person has typed, oldest first; kept by whoever reads them.
  package var history: [String] = []
  /// The `step` that a bare Return repeats.
  var lastStep: String?
  /// Set by `exit`: the session is to end with this status.
  package internal(set) var exitStatus: Int?
  /// Where what is done is kept as it is done.
  var session: SessionJournal?
  /// The lints that say nothing.
  var silencedLints: Swift.Set<Lint> = []
  /// The quiz that is going on.
  var quiz: QuizProgress?
  /// How many quizzes there were without a seed of their own.
  var quizCount: UInt64 = 0
  /// What belongs to the breakpoints of the machine.
  var breakpointNotes = BreakpointNotes()
  /// The scripts being read, outermost first.
  var scripts: [String] = []
  /// How the stepper was left.
  var stepper = StepperHabits()

  package init(catalogue: Catalogue, settings: Settings, host: any ShellHost) {
    self.catalogue = catalogue
    self.settings = settings
    self.host = host
    files = FileAccess(isShut: settings.isSandboxed)
    policy = settings.policy
    output = Output(host: host)
    output.isUnbuffered = settings.isInteractive
    start = MachineStart(settings)
    machine = start.makeMachine()
    monitor = TaskMonitor()
    monitor.attach(to: self)
  }

  /// How results are coloured.
  var style: Style { Style(isEnabled: settings.isColored && !settings.isJSON) }

  /// The machine as it stands; a journey replaces it.
  var scheduler: Scheduler { machine.scheduler }

  /// Makes a new machine with the present policy and seed; the tasks of the old one are ended.
  func reset() {
    start.policy = policy
    start.seed = scheduler.seed
    start.taskLimit = scheduler.taskLimit
    take(start.makeMachine(), TaskMonitor())
  }

  /// Puts the machine of another shell, which is not used any more, in place of this one's.
  func adopt(_ other: Shell) {
    start = other.start
    policy = other.policy
    variables.lastSpawned = other.variables.lastSpawned
    let (heir, recorders) = (other.machine, other.monitor)
    heir.remove(recorders)
    take(heir, TaskMonitor(recorders.outputRecorder, recorders.timeline, recorders.lints))
  }

  private func take(_ machine: TimeMachine, _ monitor: TaskMonitor) {
    let before = self.monitor
    machine.breakpoints = self.machine.breakpoints
    self.machine = machine
    self.monitor = monitor
    monitor.attach(to: self)
    monitor.isTracing = before.isTracing
    monitor.isMuted = before.isMuted
    monitor.outputs.limit = before.outputs.limit
    live.wake()
    session?.restart()
  }

  /// Gives the arguments that are numbered from 1 after a dollar sign outside any script file.
  package func setArguments(_ arguments: [String]) {
    variables.arguments = arguments
  }

  /// What a bare Return does: the last `step` once more, if there was one.
  package func repeatLastStep() {
    if let lastStep { execute(lastStep) }
  }

  /// What does not agree in the machine's tables; empty unless the kernel is broken.
  package func brokenInvariants() -> [String] {
    scheduler.brokenInvariants()
  }

  // MARK: Reporting

  /// Prints a command's result, in the form that was asked for.
  func report(_ json: @autoclosure () -> JSON, text: () -> String) {
    monitor.flush()
    if settings.isJSON {
      output.writeLine(json())
    } else {
      let text = text()
      if !text.isEmpty { output.write(text.hasSuffix("\n") ? text : text + "\n") }
    }
  }

  /// Sends on what is still held back.
  package func flush() {
    output.flush()
  }

  var isInterrupted: Bool { host.isInterrupted }
}
